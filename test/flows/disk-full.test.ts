/** No room is left: nothing accepted is lost, and what can't be kept is told to come again. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { systemClock } from "../../middleware/runtime/clock.ts";
import type { Database } from "../../middleware/store/database/database.ts";
import { createWriteProof } from "../../middleware/store/write-proof.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { openJournalDoor, type JournalDoor } from "../support/journal-door.ts";
import { openTemporaryDatabase } from "../support/temporary-database.ts";

let database: Database;
let folder: string;
let door: JournalDoor;
const taken: string[] = [];

beforeAll(async () => {
  database = await openTemporaryDatabase();
  folder = mkdtempSync(join(tmpdir(), "event-info-sync-journal-"));
  door = await openJournalDoor({ folder, database });
});
afterAll(async () => {
  await door.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What `/health/ready` and the metrics go by, asked anew each time. */
const proves = () => createWriteProof(database, systemClock)();

const pages = async (most: number) => {
  await sql`pragma max_page_count = ${sql.lit(most)}`.execute(database.query);
};
const send = async (length: number) => {
  const answer = await door.send({ length });
  if (answer.status === 202) taken.push(answer.id);
  return answer;
};
const expectAllApplied = () =>
  eventuallyHolds("all that was acknowledged is applied, and nothing else", async () => {
    const kept = await database.query.selectFrom("deliveries").select("message_id").execute();
    expect(kept.map((row) => row.message_id).sort()).toEqual([...taken].sort());
  });

test("the database is full: webhooks are accepted and wait; with room they are applied", async () => {
  expect(await proves()).toBe(true);
  await send(50_000);
  await expectAllApplied();
  // SQLite itself runs out of room at this size, as it does when the disk is full.
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.query);
  await pages(rows[0]!.page_count + 20);
  for (let nth = 0; nth < 10; nth += 1) expect((await send(50_000)).status).toBe(202);
  await eventually("it is said why they wait", () =>
    door.said.some((line) => line.includes("can't be applied now") && line.includes("full")),
  );
  expect((await door.journal.waiting()).count).toBeGreaterThan(0);
  await eventually("there is no room for a page", async () => {
    const small = await send(3_000);
    expect(small.status).toBe(202);
    return !(await proves());
  });
  await pages(1_000_000);
  expect(await proves()).toBe(true);
  await expectAllApplied();
});

test("the journal can't be written: 503 with Retry-After and a line that says why; then it goes on", async () => {
  // Its segment ends, so that the next one is wanted.
  await eventually("no segment is open", async () => {
    await send(200_000);
    await eventually("it is drained", () => !door.journal.mayWait());
    return readdirSync(folder).length === 0;
  });
  rmSync(folder, { recursive: true });
  expect(await send(3_000)).toMatchObject({
    status: 503,
    retryAfter: expect.stringMatching(/^\d+$/) as string,
  });
  expect(door.said.at(-1)).toMatch(/could not be stored.*ENOENT/);
  mkdirSync(folder);
  expect((await send(3_000)).status).toBe(202);
  await expectAllApplied();
});
