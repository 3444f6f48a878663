/** Opening the store: by several at once, and by an older version. */
import pg from "pg";
import { openDatabase } from "../../../middleware/store/database/database.ts";
import { openPostgresWakeUps } from "../../../middleware/cluster/postgres-wake-ups.ts";
import { readCheckpoint, writeCheckpoint } from "../../../middleware/store/intake/checkpoints.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { eventually } from "../../support/eventually.ts";
import { startPostgres, type PostgresServer } from "../../../scripts/support/postgres-server.ts";

const log = createLog("silent");
let server: PostgresServer;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
});
beforeEach(async () => {
  url = await server.createDatabase();
});
afterAll(() => server.close());

const open = () => openDatabase({ kind: "postgres", url });

test("several start together on an empty database: its tables are made once", async () => {
  expect.hasAssertions();
  const stores = await Promise.all([open(), open(), open(), open()]);
  for (const store of stores) {
    expect(await store.query.selectFrom("links").selectAll().execute()).toEqual([]);
  }
  await Promise.all(stores.map((store) => store.close()));
});

test("each tenant has rows of its own, in transactions too", async () => {
  expect.hasAssertions();
  const stores = await Promise.all(
    ["one", "two"].map((tenant) => openDatabase({ kind: "postgres", url }, log, tenant)),
  );
  for (const [nth, store] of stores.entries()) {
    await store.write((trx) => writeCheckpoint(trx, "alive", String(nth), 0));
  }
  for (const [nth, store] of stores.entries()) {
    expect(await readCheckpoint(store.query, "alive")).toBe(String(nth));
    expect(await store.write((trx) => readCheckpoint(trx, "alive"))).toBe(String(nth));
  }
  await Promise.all(stores.map((store) => store.close()));
});

test("an older version changes nothing in a newer one's database, and says so", async () => {
  const newer = await open();
  const migrations = newer.query as unknown as {
    insertInto(table: "kysely_migration"): {
      values(row: { name: string; timestamp: string }): { execute(): Promise<unknown> };
    };
  };
  const row = { name: "9999-of-tomorrow", timestamp: new Date().toISOString() };
  await migrations.insertInto("kysely_migration").values(row).execute();
  await expect(open()).rejects.toThrow(/newer version .*9999-of-tomorrow.*Run that version/s);
  await newer.query.selectFrom("links").selectAll().execute();
  await newer.close();
});

test("announcements wake the other processes, also after the database was away", async () => {
  const open = () => openPostgresWakeUps({ url, tenant: "default", log });
  const [one, two, stranger] = [
    open(),
    open(),
    openPostgresWakeUps({ url, tenant: "another", log }),
  ];
  const heard = { one: 0, two: 0, stranger: 0 };
  const all = [one, two, stranger];
  await eventually("all listen", () => all.every((each) => each.listening()));
  one.listen("work", () => (heard.one += 1));
  two.listen("work", () => (heard.two += 1));
  stranger.listen("work", () => (heard.stranger += 1));
  one.announce("work");
  await eventually("the other hears it", () => heard.two > 0);
  expect(heard).toEqual({ one: 0, two: 1, stranger: 0 });

  await server.stop();
  await eventually("nobody listens", () => all.every((each) => !each.listening()));
  one.announce("work");
  await server.start();
  await eventually("all listen again", () => all.every((each) => each.listening()));
  await eventually("what may have been missed is looked for", () => heard.two > 1 && heard.one > 0);
  await Promise.all(all.map((each) => each.close()));
});

test("whatever is sent on the channel, by whomever: the process lives on and hears what is meant", async () => {
  const listener = openPostgresWakeUps({ url, tenant: "default", log });
  const teller = openPostgresWakeUps({ url, tenant: "default", log });
  const stranger = new pg.Client({ connectionString: url });
  await stranger.connect();
  await eventually("both listen", () => listener.listening() && teller.listening());
  let heard = 0;
  listener.listen("lease", () => {
    throw new Error("a listener's own fault");
  });
  listener.listen("work", () => (heard += 1));
  const notice = { from: "x", tenant: "default", topics: ["work"] };
  const payloads = [
    ...["", "{", "null", "1", '"work"', "[]", "{}", "\u{1F600}", "x".repeat(7_900)],
    ...[
      { ...notice, topics: "work" },
      { ...notice, topics: ["other"] },
      { ...notice, from: 1 },
    ].map((each) => JSON.stringify(each)),
  ];
  await stranger.query("notify event_info_sync");
  for (const payload of payloads) {
    await stranger.query("select pg_notify('event_info_sync', $1)", [payload]);
  }
  teller.announce("lease");
  teller.announce("work");
  await eventually("what is meant is heard", () => heard === 1);
  expect(listener.listening()).toBe(true);
  await stranger.end();
  await Promise.all([listener.close(), teller.close()]);
});

test("the database goes away and comes back: the process lives on, and so does the store", async () => {
  const store = await open();
  const count = () => store.query.selectFrom("links").selectAll().execute();
  await Promise.all([count(), count(), count()]);
  await server.stop();
  await expect(count()).rejects.toThrow();
  await server.start();
  await eventually("it answers again", count);
  await store.close();
});

test("two transactions that wait for each other: one is repeated, both take effect", async () => {
  const store = await open();
  const set = (name: string, value: string) =>
    store.query.insertInto("checkpoints").values({ tenant: "default", name, value, at: 0 });
  await set("a", "").execute();
  await set("b", "").execute();
  let bothHold: () => void = () => undefined;
  const holding = new Promise<void>((resolve) => (bothHold = resolve));
  let begun = 0;
  const append = (first: string, second: string, mark: string) =>
    store.write(async (trx) => {
      for (const name of [first, second]) {
        await trx
          .updateTable("checkpoints")
          .set((eb) => ({ value: eb(eb.ref("value"), "||", mark) }))
          .where("name", "=", name)
          .execute();
        begun += 1;
        if (begun === 2) bothHold();
        await holding;
      }
    });
  await Promise.all([append("a", "b", "1"), append("b", "a", "2")]);
  const rows = await store.query.selectFrom("checkpoints").select("value").execute();
  expect(rows.map(({ value }) => Array.from(value).sort().join(""))).toEqual(["12", "12"]);
  await store.close();
});
