/** What an operator sees of the stream, and what the stream finds out about itself. */
import type { StreamStatus } from "../../middleware/intake/stream/status.ts";
import { eventually } from "../support/eventually.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;

beforeAll(async () => {
  sync = await startSync({
    links: 1,
    streaming: { pollTimeoutMs: 1_000 },
    env: { STREAM_HEARTBEAT_SECONDS: "1800" },
  });
  await sync.settled();
});
afterAll(() => sync.close());

const stream = async (): Promise<StreamStatus> => (await sync.status()).stream;

test("a heartbeat goes round through Salesforce once a process has started, and makes no work", async () => {
  const { heartbeat } = await eventually("it is back", async () => {
    const status = await stream();
    return status.heartbeat?.lastHeartbeatAt != null && status;
  });
  expect(heartbeat!.roundTripMs).toBeGreaterThanOrEqual(0);
  expect((await sync.status()).backlog).toEqual({ due: 0, later: 0 });
});

test("its figures are there for Prometheus", async () => {
  const text = await (
    await fetch(`${sync.middleware().url}/metrics`, {
      headers: { authorization: `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}` },
    })
  ).text();
  expect(text).toMatch(/^stream_subscribed 1$/m);
  expect(text).toMatch(/^stream_state\{state="subscribed"\} 1$/m);
  expect(text).toMatch(/^stream_ends\{failure="lost"\} \d+$/m);
  expect(text).toMatch(/^stream_seconds_since_reply [\d.]+$/m);
  expect(text).toMatch(/^stream_heartbeat_seconds [\d.]+$/m);
});

test("a handshake that is denied for a wrong permission is shown to people", async () => {
  const reason = "403::Restricted channel";
  await salesforceAdmin(sync).setFaults(
    { name: "denyHandshake", reason, times: 1 },
    { name: "forgetSessions" },
  );
  const status = await eventually("it pauses", async () => {
    const now = await stream();
    return now.state === "waiting" && now.ends.configuration === 1 && now;
  });
  expect(status.attention).toMatch(
    /permission set Circa Sync Integration.*403::Restricted channel/,
  );
  expect((await fetch(`${sync.middleware().url}/health/ready`)).status).toBe(503);
});
