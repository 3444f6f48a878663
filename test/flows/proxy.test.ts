/** One proxy rule for every call: REST to both systems, sign-in and the stream alike. */
import { createServer, request as sendOn, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { outboundFetch } from "../../middleware/systems/outbound-fetch.ts";
import { eventually } from "../support/eventually.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

jest.setTimeout(180_000);

let proxy: Server;
let seen: string[];
let sync: RunningSync | null = null;
const names = ["http_proxy", "https_proxy", "no_proxy"] as const;

beforeEach(async () => {
  seen = [];
  proxy = createServer((incoming, outgoing) => {
    const { method = "GET", url = "", headers } = incoming;
    seen.push(url);
    const onward = sendOn(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  proxy.on("connect", ({ url = "" }, socket) => {
    seen.push(`CONNECT ${url}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  [process.env["http_proxy"], process.env["https_proxy"]] = [address, address];
});
afterEach(async () => {
  await sync?.close();
  sync = null;
  for (const name of names) Reflect.deleteProperty(process.env, name);
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});

test("everything goes through it, or nothing where no_proxy names the hosts", async () => {
  sync = await startSync({ links: 3 });
  await sync.settled();
  const { salesforce, circa } = sync;
  const went = (path: string) => seen.some((url) => url.startsWith(path));
  await eventually("all kinds of calls have gone through", () => {
    return (
      went(`${salesforce.url}/services/oauth2/token`) &&
      went(`${salesforce.url}/services/data/`) &&
      went(`${salesforce.url}/cometd/`) &&
      went(`${circa.api}/events`)
    );
  });
  await sync.stopMiddleware();
  process.env["no_proxy"] = "127.0.0.1";
  seen = [];
  await sync.startMiddleware();
  await sync.settled();
  expect(seen).toEqual([]);
});

test("https goes through a tunnel, and a proxy that refuses one says so", async () => {
  const signal = AbortSignal.timeout(10_000);
  const asked = outboundFetch("https://acme.my.salesforce.com/x", {
    method: "GET",
    headers: {},
    signal,
  });
  await expect(asked).rejects.toThrow("the proxy answers HTTP 403");
  expect(seen).toEqual(["CONNECT acme.my.salesforce.com:443"]);
});
