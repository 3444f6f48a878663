/** Journal and database from backups of different times; and webhooks that can't be applied. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { openDatabase, type Database } from "../../middleware/store/database/database.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { openJournalDoor, type JournalDoor } from "../support/journal-door.ts";

let folder: string;
let database: Database;
let door: JournalDoor;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "event-info-sync-restore-"));
  await start("now");
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir: string): Promise<void> {
  database = await openDatabase({ kind: "sqlite", dataDir: join(folder, dataDir) });
  door = await openJournalDoor({ folder: join(folder, dataDir, "webhooks"), database });
  door.drain.start();
}

async function stop(): Promise<void> {
  await door.close();
  await database.close();
}

/** As a kill leaves them: the door has acknowledged, and nobody applies any more. */
const setApplied = async (applied: boolean) => {
  await sql`pragma query_only = ${sql.lit(applied ? 0 : 1)}`.execute(database.query);
};
const applied = async () => {
  const rows = await database.query.selectFrom("deliveries").select("message_id").execute();
  return rows.map((row) => row.message_id).sort();
};
const send = async (id: string) => {
  expect((await door.send({ id, length: 100 })).status).toBe(202);
};
const copy = (from: string, to: string, what: "webhooks" | "event-info-sync.sqlite") =>
  cpSync(join(folder, from, what), join(folder, to, what), { recursive: true });
const versions = async () => {
  const rows = await database.query
    .selectFrom("due_links")
    .select(["subject", "generation"])
    .execute();
  return new Map(rows.map((row) => [row.subject, row.generation]));
};

test("an older database and a newer journal: what was accepted since is applied, the rest not twice", async () => {
  await send("one");
  await eventuallyHolds("it is applied", async () => expect(await applied()).toEqual(["one"]));
  await stop();
  copy("now", "restored", "event-info-sync.sqlite");
  await start("now");
  await send("two");
  await eventuallyHolds("it is applied", async () => expect(await applied()).toContain("two"));
  await setApplied(false);
  await send("three");
  copy("now", "restored", "webhooks");
  await setApplied(true);
  await stop();
  await start("restored");
  await eventuallyHolds("all of the journal is applied", async () => {
    expect(await applied()).toEqual(["one", "three", "two"]);
  });
  expect([...(await versions()).values()]).toEqual([1, 1, 1]);
});

test("a newer database and an older journal: what comes next is applied, and nothing twice", async () => {
  await setApplied(false);
  await send("one");
  copy("now", "restored", "webhooks");
  await setApplied(true);
  for (let nth = 0; nth < 9; nth += 1) await send(`more-${nth}`);
  await eventuallyHolds("all are applied", async () => expect(await applied()).toHaveLength(10));
  await stop();
  copy("now", "restored", "event-info-sync.sqlite");
  await start("restored");
  await send("next");
  await eventuallyHolds("it is applied", async () => expect(await applied()).toContain("next"));
  expect(await applied()).toHaveLength(11);
});

test("one that can't be applied holds up no other: its Event is asked for", async () => {
  // A row of the database that refuses this Event's name, as no code of ours would.
  await sql`create trigger poison before insert on event_snapshots when new.body like '%poison%'
    begin select raise(abort, 'poisoned'); end`.execute(database.query);
  const data = { id: "sick", version: 1, name: "poison", updated_at: "2027-01-01T00:00:00Z" };
  await setApplied(false);
  await send("before");
  expect((await door.send({ id: "sick", data })).status).toBe(202);
  await send("after");
  await setApplied(true);
  await eventuallyHolds("all are taken", async () => {
    expect(await applied()).toEqual(["after", "before", "sick"]);
  });
  expect((await versions()).get("event:sick")).toBe(1);
  expect(door.said.join("\n")).toContain("can't be applied");
  expect(door.said.join("\n")).not.toContain("name");
});

test("after an orderly stop the database's file is enough", async () => {
  await send("one");
  await stop();
  expect(readdirSync(join(folder, "now", "webhooks"))).toEqual([]);
  expect(readdirSync(join(folder, "now"))).toContain("event-info-sync.sqlite");
  await start("now");
  expect(await applied()).toEqual(["one"]);
});
