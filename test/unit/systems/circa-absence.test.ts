/** Which answers say that something is not there, and which come from somebody else than Circa. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { Circuit } from "../../../middleware/systems/circuit/circuit.ts";
import { createCircaClient, type CircaClient } from "../../../middleware/systems/circa/client.ts";

let server: Server;
let circa: CircaClient;
let answer: { status: number; type: string; body: string };

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status, { "content-type": answer.type });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = { apiUrl, apiKey: "key", webhookSecrets: [], requestTimeoutMs: 2_000 };
  const log = createLog("silent");
  const circuit = new Circuit({ system: "circa", clock: systemClock, log });
  // Every answer is judged for itself.
  circuit.failed = () => undefined;
  circa = createCircaClient({ config, clock: systemClock, log, circuit });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const own = (code: string, more: object = {}) =>
  JSON.stringify({ errors: [{ field: null, code, message: "There is no Event E", ...more }] });

test.each([
  [404, own("not_found")],
  [405, own("method_not_allowed")],
  [410, own("gone")],
  [404, own("not_found", { added: "later" })],
])("Circa's own %i says that it is not there", async (status, body) => {
  answer = { status, type: "application/json", body };
  expect(await circa.readEvent("E")).toBeNull();
  expect(await circa.connectCampaign("E", null, null)).toBe(false);
});

const page = "<html><body><h1>404 Not Found</h1><hr>nginx</body></html>";
const foreign: [status: number, type: string, body: string][] = [
  [404, "text/html", page],
  [405, "text/html", page],
  [410, "text/html", page],
  [404, "application/json", page],
  [404, "text/plain", ""],
  [404, "application/json", ""],
  [404, "application/json", "{}"],
  [404, "application/json", "null"],
  [404, "application/json", "[]"],
  [404, "application/json", '{"message":"no Route matched with those values"}'],
  [404, "application/json", '{"error":"not_found"}'],
  [404, "application/json", '{"errors":[]}'],
  [404, "application/json", '{"errors":["not_found"]}'],
  [404, "application/json", '{"errors":[{"code":7003,"message":"No route for that URI"}]}'],
  [404, "application/json", '{"errors":[{"code":"not_found","message":"no field named"}]}'],
  [404, "application/json", own("unavailable")],
  [404, "application/json", '[{"errorCode":"NOT_FOUND","message":"of the other system"}]'],
];

test.each(foreign)("%i %s %s is nobody's absence", async (status, type, body) => {
  answer = { status, type, body };
  const failure = { kind: "retry", systemWide: true };
  await expect(circa.readEvent("E")).rejects.toMatchObject(failure);
  const options = { customKeys: new Set<string>(), version: null };
  await expect(circa.writeEvent("E", { name: "N" }, options)).rejects.toMatchObject(failure);
  const status_ = { state: "in_sync" as const, problems: [], syncedAt: null };
  await expect(circa.putSyncStatus("E", status_)).rejects.toMatchObject(failure);
  await expect(circa.connectCampaign("E", null, null)).rejects.toMatchObject(failure);
  await expect(circa.removeFieldSync("f")).rejects.toMatchObject(failure);
  await expect(circa.webhookEndpoints()).rejects.toMatchObject(failure);
  await expect(circa.fields()).rejects.toMatchObject(failure);
});

test.each(["{}", '{"data":{}}', "[]", "null", '"ok"', '{"events":[]}', own("not_found")])(
  "200 with %s in the place of a list or a record is a failure of that call",
  async (body) => {
    answer = { status: 200, type: "application/json", body };
    const failure = { kind: "retry" };
    await expect(circa.readEvent("E")).rejects.toMatchObject(failure);
    await expect(circa.fields()).rejects.toMatchObject(failure);
    await expect(circa.teamIds()).rejects.toMatchObject(failure);
    await expect(circa.changedEvents(0).next()).rejects.toMatchObject(failure);
    await expect(circa.connectCampaign("E", null, null)).rejects.toMatchObject(failure);
  },
);

test("another Event than was asked for is no answer", async () => {
  const body = JSON.stringify({ id: "F", name: "N", updated_at: "2026-01-01T00:00:00Z" });
  answer = { status: 200, type: "application/json", body };
  await expect(circa.readEvent("E")).rejects.toMatchObject({ kind: "retry", systemWide: false });
  expect(await circa.readEvent("F")).not.toBeNull();
});
