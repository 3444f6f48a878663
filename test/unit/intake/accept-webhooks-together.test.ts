/** Two processes that take the same Events at once: neither waits for the other in vain. */
import pg from "pg";
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { eventIdOf } from "../../../middleware/queue/due-links.ts";
import { openDatabase } from "../../../middleware/store/database/database.ts";
import { saveEvents } from "../../../middleware/store/intake/event-snapshots.ts";
import { Worker } from "../../../middleware/queue/worker.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { noFailpoint } from "../../../middleware/runtime/failpoints.ts";
import { eventSchema } from "../../../middleware/systems/circa/schemas.ts";
import { applyTo } from "../../support/accepted-webhooks.ts";
import { eventually } from "../../support/eventually.ts";
import { startPostgres, type PostgresServer } from "../../../scripts/support/postgres-server.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const events = 40;
const rounds = 25;

function message(process: string, round: number, event: number) {
  return {
    id: `msg_${process}_${round}_${event}`,
    type: "event.updated",
    data: {
      id: `RXZlbnQt${event}`,
      name: "Summit",
      version: round * 2 + (process === "one" ? 0 : 1),
      updated_at: "2027-01-01T00:00:00Z",
      custom_fields: {},
    },
  };
}

async function countDeadlocks(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const sql = "select deadlocks from pg_stat_database where datname = current_database()";
  const { rows } = await client.query<{ deadlocks: string }>(sql);
  await client.end();
  return Number(rows[0]?.deadlocks);
}

async function countWaiting(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const sql =
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  const { rows } = await client.query(sql);
  await client.end();
  return rows.length;
}

test("groups of the same Events in opposite order: PostgreSQL sees no deadlock", async () => {
  const url = await server.createDatabase();
  const work = async (process: string) => {
    const database = await openDatabase({ kind: "postgres", url });
    const accept = applyTo(database);
    const order = Array.from({ length: events }, (_, event) => event);
    if (process === "two") order.reverse();
    for (let round = 1; round <= rounds; round += 1) {
      await Promise.all(order.map((event) => accept(message(process, round, event))));
    }
    await database.close();
  };
  await Promise.all([work("one"), work("two")]);
  // A process's figures are complete once its connections have ended.
  expect(await countDeadlocks(url)).toBe(0);
});

test("webhooks of Events that are being worked on: PostgreSQL sees no deadlock", async () => {
  const url = await server.createDatabase();
  const [one, two] = [
    await openDatabase({ kind: "postgres", url }),
    await openDatabase({ kind: "postgres", url }),
  ];
  const worker = new Worker({
    database: two,
    clock: systemClock,
    log: createLog("silent"),
    onFailpoint: noFailpoint,
    kind: "event",
    work: (batch) =>
      Promise.resolve({
        outcomes: new Map(batch.map((link) => [link, { kind: "done" }])),
        async record(trx) {
          const ids = batch.map(({ subject }) => eventIdOf(subject) ?? "");
          const bodies = ids.map((id) => ({
            id,
            name: "Summit",
            version: 1,
            updated_at: "2027-01-01T00:00:00Z",
          }));
          const answers = bodies.map((body) => ({ event: eventSchema.parse(body), body }));
          await saveEvents(
            two,
            trx,
            answers.map((answer) => ({ answer })),
          );
        },
      }),
  });
  worker.start();
  const accept = applyTo(one, () => worker.wake());
  for (let round = 1; round <= rounds; round += 1) {
    const all = Array.from({ length: events }, (_, event) => accept(message("one", round, event)));
    await Promise.all(all);
  }
  await worker.stop();
  await Promise.all([one.close(), two.close()]);
  expect(await countDeadlocks(url)).toBe(0);
});

test("an Event that both see for the first time: the newer state stays, whoever comes second", async () => {
  const url = await server.createDatabase();
  const [one, two] = [
    await openDatabase({ kind: "postgres", url }),
    await openDatabase({ kind: "postgres", url }),
  ];
  const answerAt = (version: number) => {
    const body = { id: "RXZlbnQtMQ", name: "Summit", version, updated_at: "2027-01-01T00:00:00Z" };
    return { answer: { event: eventSchema.parse(body), body } };
  };
  let commit: () => void = () => undefined;
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  let kept: () => void = () => undefined;
  const isKept = new Promise<void>((resolve) => (kept = resolve));
  const newer = one.write(async (trx) => {
    await saveEvents(one, trx, [answerAt(2)]);
    kept();
    await mayCommit;
  });
  await isKept;
  const older = two.write((trx) => saveEvents(two, trx, [answerAt(1)]));
  await eventually("the second waits for the first", async () => (await countWaiting(url)) === 1);
  commit();
  await newer;
  expect(await older).toEqual([false]);
  const rows = await one.query.selectFrom("event_snapshots").select("version").execute();
  expect(rows).toEqual([{ version: 2 }]);
  await Promise.all([one.close(), two.close()]);
});
