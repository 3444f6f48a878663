import {
  backlog,
  claim,
  complete,
  eventSubject,
  signal,
  type Completion,
  type DueLink,
} from "../../../middleware/jobs/due-links.ts";
import type { Database } from "../../../middleware/jobs/storage/database.ts";
import { openTemporaryDatabase } from "../../support/temporary-database.ts";

const connection = "default";
const one = eventSubject("RXZlbnQtMQ");
const two = eventSubject("RXZlbnQtMg");
let database: Database;

beforeEach(async () => {
  database = await openTemporaryDatabase();
});
afterEach(() => database.close());

const tell = (nowMs: number, ...subjects: (typeof one)[]) =>
  database.write((trx) => signal(trx, connection, subjects, "webhook", nowMs));
const take = (owner: string, nowMs: number, untilMs = nowMs + 1_000) =>
  claim(database, connection, owner, { limit: 10, nowMs, untilMs });
const end = (owner: string, nowMs: number, link: DueLink | undefined, outcome: Completion) =>
  database.write((trx) =>
    complete(database, trx, connection, owner, new Map([[link!, outcome]]), nowMs),
  );
const done: Completion = { kind: "done" };

test("signals for one link collapse into one entry", async () => {
  await tell(10, one);
  await tell(20, one, two, one);
  expect(await take("a", 30)).toEqual([
    expect.objectContaining({ subject: one, generation: 2, signalledAt: 10, attempts: 0 }),
    expect.objectContaining({ subject: two, generation: 1, signalledAt: 20 }),
  ]);
});

test("a link is never handed out twice at once", async () => {
  await tell(10, one);
  await take("a", 20);
  expect(await take("b", 30)).toEqual([]);
});

test("what is done leaves the queue", async () => {
  await tell(10, one);
  const [link] = await take("a", 20);
  await end("a", 30, link, done);
  expect(await backlog(database, connection, 40)).toEqual({ due: 0, later: 0 });
});

test("a link that was signalled while it was worked on stays due at once", async () => {
  await tell(10, one);
  const [link] = await take("a", 20);
  await tell(25, one);
  await end("a", 30, link, done);
  expect(await take("b", 30)).toEqual([expect.objectContaining({ subject: one, signalledAt: 25 })]);
});

test("a failed link waits, counts its attempts and keeps the time of its signal", async () => {
  await tell(10, one);
  const [link] = await take("a", 20);
  await end("a", 30, link, { kind: "again", delayMs: 100, error: "no answer" });
  expect(await take("b", 129)).toEqual([]);
  expect(await take("b", 130)).toEqual([
    expect.objectContaining({ subject: one, attempts: 1, signalledAt: 10 }),
  ]);
});

test("a new signal ends the waiting and starts the attempts anew", async () => {
  await tell(10, one);
  const [link] = await take("a", 20);
  await end("a", 30, link, { kind: "again", delayMs: 10_000, error: "refused" });
  await tell(40, one);
  expect(await take("b", 50)).toEqual([expect.objectContaining({ subject: one, attempts: 0 })]);
});

test("a dead worker's link is taken over, and its late answer has no effect", async () => {
  await tell(10, one);
  const [lost] = await take("dead", 20, 100);
  const [taken] = await take("heir", 101);
  expect(taken?.subject).toBe(one);
  await end("dead", 110, lost, done);
  expect(await take("third", 120)).toEqual([]);
  await end("heir", 130, taken, done);
  expect(await backlog(database, connection, 140)).toEqual({ due: 0, later: 0 });
});
