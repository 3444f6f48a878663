import { SystemTime } from "../../../middleware/systems/http/system-time.ts";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { readRetryAfter } from "../../../middleware/model/answers/read-answer.ts";
import { callCirca } from "../../../middleware/systems/circa/call.ts";
import { BoundedTransport } from "../../../middleware/systems/salesforce/connection/transport.ts";

const nowMs = Date.parse("2026-11-23T09:00:00Z");

test.each([
  ["120", 120_000],
  ["0", 0],
  ["1.5", 1_500],
  ["-5", 0],
  ["Mon, 23 Nov 2026 09:00:30 GMT", 30_000],
  ["Mon, 23 Nov 2026 08:00:00 GMT", 0],
  ["", null],
  [null, null],
  ["soon", null],
  ["0x10", null],
  ["1e9", null],
  ["Infinity", null],
  ["-Infinity", null],
  ["NaN", null],
  ["1,5", null],
  ["999999999999999", 999_999_999_999_999_000],
])("Retry-After %p is %p ms from now", (header, expected) => {
  expect(readRetryAfter(header, nowMs)).toBe(expected);
});

describe("a system that answers in other bytes than UTF-8", () => {
  let server: Server;
  let url: string;
  let body: Buffer;
  let status: number;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(status, { "content-type": "application/json; charset=iso-8859-1" });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const json = JSON.stringify({ name: "Zoë" });
  const callOf = () => {
    const config = { apiUrl: url, apiKey: "key", webhookSecrets: [], requestTimeoutMs: 2_000 };
    const time = new SystemTime(systemClock);
    return callCirca({ fetch, clock: systemClock, config, time }, "GET", "/events/E");
  };
  const transport = () => new BoundedTransport(2_000).httpRequest({ method: "GET", url });

  test("UTF-8 is read as it is, whatever charset is announced, with a byte order mark too", async () => {
    status = 200;
    body = Buffer.from(json);
    expect((await callOf()).body).toEqual({ name: "Zoë" });
    expect((await transport()).body).toBe(json);
    body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
    expect((await callOf()).body).toEqual({ name: "Zoë" });
  });

  test("other bytes are of no use: nothing is made of them", async () => {
    [status, body] = [200, Buffer.from(json, "latin1")];
    await expect(callOf()).rejects.toMatchObject({ kind: "retry", systemWide: true });
    await expect(transport()).rejects.toMatchObject({ name: "UnusableAnswer" });
  });

  test("an error stays what its status says", async () => {
    [status, body] = [503, Buffer.from("<p>Für Wartung geschlossen</p>", "latin1")];
    await expect(callOf()).rejects.toMatchObject({ status: 503 });
    await expect(transport()).rejects.toMatchObject({ raw: { status: 503 } });
  });
});

describe("a system that does not finish its answer", () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((request, response) => {
      if (request.url === "/silent") return;
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"half":');
      if (request.url === "/cut") setImmediate(() => request.socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each(["/silent", "/stalls", "/cut"])("%s: Salesforce's call ends in time", async (path) => {
    const transport = new BoundedTransport(200);
    await expect(transport.httpRequest({ method: "GET", url: url + path })).rejects.toMatchObject({
      name: "NoAnswer",
    });
  });

  test.each(["/silent", "/stalls", "/cut"])("%s: Circa's call ends in time", async (path) => {
    const config = { apiUrl: url, apiKey: "key", webhookSecrets: [], requestTimeoutMs: 200 };
    const time = new SystemTime(systemClock);
    const parts = { fetch, clock: systemClock, config, time };
    await expect(callCirca(parts, "GET", path)).rejects.toMatchObject({
      kind: "retry",
      systemWide: true,
    });
  });
});
