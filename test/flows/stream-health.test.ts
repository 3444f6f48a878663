/** What an operator sees of the stream, and what the stream finds out about itself. */
import { readFileSync } from "node:fs";
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

const figures = async (): Promise<string> => {
  const authorization = `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}`;
  const answer = await fetch(`${sync.middleware().url}/metrics`, { headers: { authorization } });
  return answer.text();
};
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
  const text = await figures();
  expect(text).toMatch(/^event_info_sync_stream_subscribed 1$/m);
  expect(text).toMatch(/^event_info_sync_stream_state\{state="subscribed"\} 1$/m);
  expect(text).toMatch(/^event_info_sync_stream_session_ends_total\{failure="lost"\} \d+$/m);
  expect(text).toMatch(/^event_info_sync_stream_last_reply_timestamp_seconds 1[\d.e+]+$/m);
  expect(text).toMatch(/^event_info_sync_stream_heartbeat_round_trip_seconds [\d.]+$/m);
});

/** https://prometheus.io/docs/practices/naming/ */
test("all figures are named as Prometheus has it, and the guide has each of them", async () => {
  const text = await figures();
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => ({
    name: name!,
    type: type!,
  }));
  const own = types.filter(({ name }) => !/^(process|nodejs)_/.test(name));
  expect(own.length).toBeGreaterThan(15);
  const guide = readFileSync("docs/operations.md", "utf8");
  for (const { name, type } of own) {
    expect(name).toMatch(/^event_info_sync_[a-z_]+$/);
    expect([name, name.endsWith("_total")]).toEqual([name, type === "counter"]);
    expect(guide).toContain(`\`${name}\``);
  }
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
