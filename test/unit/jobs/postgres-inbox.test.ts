/** PostgreSQL's inbox: any node takes what any node has accepted, and none of it twice. */
import { openDatabase, type Database } from "../../../middleware/store/database/database.ts";
import { PostgresInbox, PostgresWriter } from "../../../middleware/store/inbox/postgres-inbox.ts";
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { startPostgres, type PostgresServer } from "../../../scripts/support/postgres-server.ts";

let server: PostgresServer;
let one: Database;
let two: Database;

beforeAll(async () => {
  server = await startPostgres();
  const url = await server.createDatabase();
  one = await openDatabase({ kind: "postgres", url });
  two = await openDatabase({ kind: "postgres", url });
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await server.close();
});

const webhook = (nth: number) => ({ id: `msg_${nth}`, receivedAt: 1_000 + nth, body: "{}" });
const writer = (maxWaiting: number) =>
  new PostgresWriter({ query: one.query, clock: systemClock, maxWaiting });

test("two nodes at once take different ones; what was not committed is taken again", async () => {
  await writer(100).append([1, 2, 3, 4].map(webhook));
  const [inboxOne, inboxTwo] = [one, two].map(({ query }) => new PostgresInbox(query));
  const abandoned = one.write(async (trx) => {
    const first = await inboxOne!.take(trx, 2);
    const second = await two.write((other) => inboxTwo!.take(other, 4));
    expect([first, second].map((some) => some.map(({ id }) => id))).toEqual([
      ["msg_1", "msg_2"],
      ["msg_3", "msg_4"],
    ]);
    throw new Error("the node dies");
  });
  await expect(abandoned).rejects.toThrow("the node dies");
  expect(await inboxTwo!.waiting()).toEqual({ count: 2, oldestAt: 1_001 });
  expect(await two.write((trx) => inboxTwo!.take(trx, 9))).toEqual([webhook(1), webhook(2)]);
});

test("when more wait than may, it is full", async () => {
  const full = writer(2);
  await full.append([1, 2, 3].map(webhook));
  expect(full.isFull()).toBe(true);
});
