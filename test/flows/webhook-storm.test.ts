/** Many webhooks at once, and a service that is busy: the door answers, and loses nothing. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import SqliteDatabase from "libsql";
import type { SendOrder } from "../../scripts/bench/open-loop-sender.ts";
import type { Percentiles } from "../../scripts/bench/peers/percentiles.ts";
import { buildMiddleware, startMiddleware } from "../../scripts/support/middleware-process.ts";
import { marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

const run = promisify(execFile);
let sync: RunningSync;
let folder: string;

beforeAll(async () => {
  buildMiddleware();
  sync = await startSync({ links: 3 });
  await sync.settled();
  folder = mkdtempSync(join(tmpdir(), "event-info-sync-storm-"));
});
afterAll(async () => {
  await sync.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly withoutRetryAfter: number;
  readonly acknowledgedMs: Percentiles;
  readonly accepted: readonly string[];
}

const program = (name: string, argument: string) =>
  run(process.execPath, ["--import", "tsx", `scripts/bench/${name}.ts`, argument]);

/** From other processes, so that this one may be as busy as it likes. */
async function storm(
  url: string,
  load: Pick<SendOrder, "perSecond" | "seconds" | "wrongShare" | "prefix">,
): Promise<Outcome & { readonly healthMs: Percentiles }> {
  const bodiesFile = join(folder, "bodies");
  const events = await marketer(sync).events();
  const bodies = events.map((event) => {
    const data = { ...event, location: "Hall ROUND", version: "VERSION" };
    const body = { type: "event.updated", timestamp: new Date().toISOString(), data };
    return JSON.stringify(body).replace('"VERSION"', "ROUND");
  });
  writeFileSync(bodiesFile, bodies.join("\n"));
  const order: SendOrder = {
    ...load,
    bodiesFile,
    url: `${url}/webhooks/circa/default`,
    secret: sync.environment()["CIRCA_WEBHOOK_SECRET"] ?? "",
    firstRound: 1_000,
  };
  const asking = program("ask-health", url);
  const { stdout } = await program("open-loop-sender", JSON.stringify(order));
  asking.child.stdin?.end();
  const healthMs = JSON.parse((await asking).stdout) as Percentiles;
  return { ...(JSON.parse(stdout) as Outcome), healthMs };
}

test("while the service's event loop stands still webhooks are acknowledged and health answers", async () => {
  const load = { perSecond: 50, seconds: 6, wrongShare: 0, prefix: "busy" };
  const storming = storm(sync.middleware().url, load);
  const standsStill = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => Atomics.wait(standsStill, 0, 0, 2_000), 10);
  const { statuses, acknowledgedMs, healthMs } = await storming;
  clearInterval(timer);
  expect(statuses).toEqual({ 202: 300 });
  // Far below the two seconds for which nothing else runs, also on a busy machine.
  expect(acknowledgedMs.p50).toBeLessThan(1_000);
  expect(healthMs.p50).toBeLessThan(1_000);
  await sync.settled();
});

test("a storm, half of it wrongly signed: 202, 401 or 503 with Retry-After, and no 202 is lost", async () => {
  await sync.stopMiddleware();
  const env = sync.environment();
  const child = await startMiddleware({ env });
  const load = { perSecond: 600, seconds: 4, wrongShare: 0.5, prefix: "storm" };
  const { sent, statuses, withoutRetryAfter, accepted } = await storm(child.url, load);
  await child.stop();
  expect(sent).toBe(2_400);
  expect(statuses["wrong 401"]).toBe(1_200);
  expect((statuses["202"] ?? 0) + (statuses["503"] ?? 0)).toBe(1_200);
  expect(withoutRetryAfter).toBe(0);
  const database = new SqliteDatabase(join(env["DATA_DIR"] ?? "", "event-info-sync.sqlite"));
  const rows = database.prepare("select message_id from deliveries").all();
  database.close();
  const applied = new Set((rows as { message_id: string }[]).map((row) => row.message_id));
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.filter((id) => !applied.has(id))).toEqual([]);
});
