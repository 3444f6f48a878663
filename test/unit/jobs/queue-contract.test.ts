/**
 * What the sync needs of a queue, whatever engine it is made of: signals within the caller's
 * transaction, one claim per key, and outcomes per key, fenced and in one transaction with what is
 * recorded. The checks see the queue through `QueuePort` only.
 */
import type { Transaction } from "kysely";
import { claim } from "../../../middleware/queue/claims.ts";
import { complete } from "../../../middleware/queue/completion.ts";
import {
  campaignSubject,
  markDue,
  type Completion,
  type DueLink,
  type Subject,
} from "../../../middleware/queue/due-links.ts";
import { nextDue } from "../../../middleware/queue/due-times.ts";
import type { Database } from "../../../middleware/store/database/database.ts";
import type { Tables } from "../../../middleware/store/database/tables.ts";
import { storeForEachTest, stores } from "../../support/each-engine.ts";

interface QueuePort<Job> {
  signal(trx: Transaction<Tables>, keys: readonly string[]): Promise<void>;
  claim(owner: string, limit?: number): Promise<Job[]>;
  keyOf(job: Job): string;
  /** @returns the keys that were still the owner's; `again`: after that many milliseconds */
  settle(
    trx: Transaction<Tables>,
    owner: string,
    outcomes: ReadonlyMap<Job, "done" | { readonly again: number }>,
  ): Promise<string[]>;
}

const tenant = "default";

interface QueueOptions {
  readonly claimMs?: number;
  /** Of link: the queue takes any. */
  readonly kind?: string;
}

function ownQueue(
  database: Database,
  { claimMs = 60_000, kind = "event" }: QueueOptions = {},
): QueuePort<DueLink> {
  const completion = (outcome: "done" | { again: number }): Completion =>
    outcome === "done"
      ? { kind: "done" }
      : { kind: "again", delayMs: outcome.again, error: "no answer" };
  const keyOf = ({ subject }: DueLink) => subject.slice(`${kind}:`.length);
  return {
    keyOf,
    async signal(trx, keys) {
      const subjects = keys.map((key): Subject => `${kind}:${key}`);
      await markDue(trx, subjects, "webhook", Date.now());
    },
    claim: (owner, limit = 200) =>
      claim(database, owner, { kind, limit, nowMs: Date.now(), termMs: claimMs }),
    async settle(trx, owner, outcomes) {
      const own = new Map([...outcomes].map(([job, outcome]) => [job, completion(outcome)]));
      const held = await complete(database, trx, owner, own, Date.now());
      return [...held].map(keyOf);
    },
  };
}

describe.each(stores)("on %s", (kind) => {
  const store = storeForEachTest(kind);
  const queue = () => ownQueue(store());
  const tell = (...keys: string[]) => store().write((trx) => queue().signal(trx, keys));
  const take = async (owner: string, limit?: number) => queue().claim(owner, limit);
  const keys = (jobs: readonly DueLink[]) => jobs.map((job) => queue().keyOf(job));
  const end = (owner: string, jobs: readonly DueLink[], outcome: "done" | { again: number }) =>
    store().write((trx) =>
      queue().settle(trx, owner, new Map(jobs.map((job) => [job, outcome] as const))),
    );
  /** A transaction that stays open until `commit`; SQLite has one at a time, so others wait. */
  async function open(work: (trx: Transaction<Tables>) => Promise<void>) {
    let commit: () => void = () => undefined;
    const told = new Promise<void>((resolve) => (commit = resolve));
    let begun: () => void = () => undefined;
    const worked = new Promise<void>((resolve) => (begun = resolve));
    const ended = store().write(async (trx) => {
      await work(trx);
      begun();
      await told;
    });
    await worked;
    return async () => {
      commit();
      await ended;
    };
  }

  test("R1a: what is rolled back was never signalled, and nothing is seen before its commit", async () => {
    const failure = new Error("rolled back");
    const failing = store().write(async (trx) => {
      await queue().signal(trx, ["A"]);
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    expect(await take("a")).toEqual([]);
    const commit = await open((trx) => queue().signal(trx, ["B"]));
    // SQLite has one transaction at a time: there the claim waits for it.
    const early = take("b");
    const seenEarly = kind === "sqlite" ? [] : await early;
    await commit();
    const late = await take("c");
    expect([seenEarly, keys([...(await early), ...late])]).toEqual([[], ["B"]]);
  });

  test("R1b: signalled in a transaction, claimed and ended meanwhile: looked at again", async () => {
    await tell("A");
    const jobs = await take("a");
    const commit = await open((trx) => queue().signal(trx, ["A"]));
    // Waits for the open transaction, on SQLite as a whole, else for the row.
    const ending = end("a", jobs, "done");
    await commit();
    await ending;
    expect(keys(await take("b"))).toEqual(["A"]);
  });

  test("R2a: five signals are one claim", async () => {
    for (let time = 0; time < 5; time += 1) await tell("A");
    const jobs = await take("a");
    expect(keys(jobs)).toEqual(["A"]);
    await end("a", jobs, "done");
    expect(await take("b")).toEqual([]);
  });

  test("R2b: signalled while worked on: once more afterwards, never twice at once", async () => {
    await tell("A");
    const jobs = await take("a");
    await tell("A");
    await tell("A");
    expect(await take("b")).toEqual([]);
    await end("a", jobs, "done");
    const again = await take("b");
    expect(keys(again)).toEqual(["A"]);
    await end("b", again, "done");
    expect(await take("c")).toEqual([]);
  });

  test("R2c: the same where the outcome is a later try: at once, and only once", async () => {
    await tell("A");
    const jobs = await take("a");
    await tell("A");
    await end("a", jobs, { again: 60_000 });
    const again = await take("b");
    expect(keys(again)).toEqual(["A"]);
    await end("b", again, "done");
    expect(await take("c")).toEqual([]);
  });

  test("R2d: a back-off ends with the next signal: at once, and only once", async () => {
    await tell("A");
    await end("a", await take("a"), { again: 60_000 });
    expect(await take("b")).toEqual([]);
    await tell("A");
    const again = await take("b");
    expect(keys(again)).toEqual(["A"]);
    await end("b", again, "done");
    expect(await take("c")).toEqual([]);
  });

  test("R3a: claims are of so many distinct keys", async () => {
    await tell(...Array.from({ length: 300 }, (_, at) => `E${at}`));
    const [first, second] = [await take("a", 200), await take("b", 200)];
    expect([first.length, second.length]).toEqual([200, 100]);
    expect(new Set(keys([...first, ...second])).size).toBe(300);
  });

  test("R3b: each key has an outcome and a delay of its own", async () => {
    await tell("A", "B", "C");
    const jobs = await take("a");
    const outcomes = { A: "done", B: { again: 60_000 }, C: { again: -1 } } as const;
    await store().write((trx) =>
      queue().settle(
        trx,
        "a",
        new Map(jobs.map((job) => [job, outcomes[queue().keyOf(job) as "A"]] as const)),
      ),
    );
    expect(keys(await take("b"))).toEqual(["C"]);
  });

  test("R4a: an outcome and what is recorded with it are kept together, or neither", async () => {
    await tell("A");
    const jobs = await take("a");
    const row = { tenant, name: "sweep", value: "1", at: 0 };
    const record = (fails: boolean) =>
      store().write(async (trx) => {
        await trx.insertInto("checkpoints").values(row).execute();
        await queue().settle(trx, "a", new Map([[jobs[0]!, "done"]]));
        if (fails) throw new Error("rolled back");
      });
    await expect(record(true)).rejects.toThrow("rolled back");
    expect(await take("b")).toEqual([]);
    await record(false);
    expect(await store().query.selectFrom("checkpoints").select("value").execute()).toEqual([
      { value: "1" },
    ]);
    expect(await take("b")).toEqual([]);
  });

  test("a key that is notified again and again keeps its place before later ones", async () => {
    await tell("A");
    for (let time = 0; time < 3; time += 1) {
      await tell(...Array.from({ length: 100 }, (_, at) => `${time}-${at}`));
      await tell("A");
    }
    expect(keys(await take("a", 1))).toEqual(["A"]);
  });

  test("R4b: who has lost a key ends nothing of its heir", async () => {
    await tell("A");
    const lost = await ownQueue(store(), { claimMs: -1_000 }).claim("dead");
    const heirs = await take("heir");
    expect(keys(heirs)).toEqual(["A"]);
    expect(await end("dead", lost, "done")).toEqual([]);
    expect(await take("third")).toEqual([]);
    expect(await end("heir", heirs, "done")).toEqual(["A"]);
    expect(await take("third")).toEqual([]);
  });

  describe("with a second kind of link", () => {
    const people = () => ownQueue(store(), { kind: "person" });
    const tellPeople = (...ids: string[]) => store().write((trx) => people().signal(trx, ids));

    test("an id that both kinds have is two links: each ends alone", async () => {
      await tell("A");
      await tellPeople("A");
      const event = await take("a");
      const person = await people().claim("b");
      expect([...event, ...person].map(({ subject }) => subject)).toEqual(["event:A", "person:A"]);
      const ended = store().write((trx) =>
        people().settle(trx, "b", new Map([[person[0]!, "done"]])),
      );
      expect(await ended).toEqual(["A"]);
      await end("a", event, { again: -1 });
      expect(keys(await take("c"))).toEqual(["A"]);
      expect(await people().claim("d")).toEqual([]);
    });

    test("none waits for the other's backlog, whichever came first", async () => {
      await tell(...Array.from({ length: 300 }, (_, at) => `E${at}`));
      await tellPeople("A");
      expect((await people().claim("a")).map((job) => people().keyOf(job))).toEqual(["A"]);
      await tellPeople(...Array.from({ length: 300 }, (_, at) => `P${at}`));
      expect([await take("b"), await take("c")].map(({ length }) => length)).toEqual([200, 100]);
    });

    test("one whose time has come wakes no worker of the other", async () => {
      await tellPeople("A");
      const next = async (of: string) =>
        (await nextDue(store(), { kind: of, nowMs: Date.now() })).inMs;
      expect([await next("event"), await next("person")]).toEqual([null, 0]);
      await people().claim("a");
      expect(await next("event")).toBeNull();
    });

    test("a Campaign whose Event is not known is an Event's link", async () => {
      const subject = campaignSubject("701000000000001AAA");
      await store().write((trx) => markDue(trx, [subject], "stream", Date.now()));
      expect(await people().claim("a")).toEqual([]);
      expect(await take("b")).toEqual([expect.objectContaining({ subject })]);
    });
  });
});
