/** Two processes that take the same Events at once: neither waits for the other in vain. */
import pg from "pg";
import { systemClock } from "../../../middleware/clock.ts";
import { acceptWebhooks } from "../../../middleware/intake/accept-webhooks.ts";
import { readWebhook } from "../../../middleware/intake/webhook-message.ts";
import { openDatabase } from "../../../middleware/jobs/storage/database.ts";
import { passStep } from "../../../middleware/steps.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres-server.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const events = 40;
const rounds = 25;

function message(process: string, round: number, event: number) {
  const body = JSON.stringify({
    type: "event.updated",
    timestamp: "2027-01-01T00:00:00Z",
    data: {
      id: `RXZlbnQt${event}`,
      name: "Summit",
      version: round * 2 + (process === "one" ? 0 : 1),
      updated_at: "2027-01-01T00:00:00Z",
      custom_fields: {},
    },
  });
  const read = readWebhook(`msg_${process}_${round}_${event}`, Buffer.from(body));
  if (!read.ok || read.message === null) throw new Error("the message is not readable");
  return read.message;
}

async function countDeadlocks(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const sql = "select deadlocks from pg_stat_database where datname = current_database()";
  const { rows } = await client.query<{ deadlocks: string }>(sql);
  await client.end();
  return Number(rows[0]?.deadlocks);
}

test("groups of the same Events in opposite order: PostgreSQL sees no deadlock", async () => {
  const url = await server.createDatabase();
  const work = async (process: string) => {
    const database = await openDatabase({ kind: "postgres", url });
    const accept = acceptWebhooks({
      database,
      connection: "default",
      clock: systemClock,
      atStep: passStep,
      onSignal: () => undefined,
      onFieldsChanged: () => undefined,
    });
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
