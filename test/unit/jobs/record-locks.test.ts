/** Writes to one record never overlap, in one process or in several. */
import pg from "pg";
import { systemClock } from "../../../middleware/runtime/clock.ts";
import {
  openPostgresRecordLocks,
  type PostgresRecordLocks,
} from "../../../middleware/cluster/postgres-record-locks.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { RecordMutex } from "../../../middleware/sync/write/record-mutex.ts";
import { eventually } from "../../support/eventually.ts";
import { startPostgres, type PostgresServer } from "../../../scripts/support/postgres-server.ts";

const log = createLog("silent");
let server: PostgresServer;
let url: string;
let opened: PostgresRecordLocks[];

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
});
afterAll(() => server.close());
beforeEach(() => {
  opened = [];
});
afterEach(() => Promise.all(opened.map((locks) => locks.close())));

const newProcess = (tenant = "default") => {
  const locks = openPostgresRecordLocks({ url, tenant, log });
  opened.push(locks);
  return { locks, writes: new RecordMutex({ clock: systemClock, log, locks }) };
};

test("many passes of two nodes over the same records: none overlap, all are made", async () => {
  const processes = [newProcess(), newProcess()];
  const underWay = new Map<string, number>();
  let most = 0;
  let made = 0;
  const write = (ids: readonly string[]) => async () => {
    for (const id of ids) underWay.set(id, (underWay.get(id) ?? 0) + 1);
    most = Math.max(most, ...ids.map((id) => underWay.get(id) ?? 0));
    await systemClock.sleep(5);
    for (const id of ids) underWay.set(id, (underWay.get(id) ?? 0) - 1);
    made += 1;
  };
  const sets = [["a", "b"], ["b", "c"], ["c", "a"], ["d"]];
  await Promise.all(
    processes.flatMap(({ writes }) => [...sets, ...sets].map((ids) => writes.run(ids, write(ids)))),
  );
  expect(made).toBe(16);
  expect(most).toBe(1);
});

test("what another process writes to is not taken, nor is a part of what was asked for", async () => {
  const [one, two] = [newProcess(), newProcess()];
  expect(await one.locks.tryTake(["a", "b"])).toBe(true);
  expect(await two.locks.tryTake(["b", "c"])).toBe(false);
  expect(await one.locks.tryTake(["c"])).toBe(true);
  await one.locks.release(["a", "b"]);
  expect(await two.locks.tryTake(["b"])).toBe(true);
});

test("records of another tenant are others", async () => {
  const [one, two] = [newProcess("one"), newProcess("two")];
  expect(await one.locks.tryTake(["a"])).toBe(true);
  expect(await two.locks.tryTake(["a"])).toBe(true);
});

test("work that fails leaves nothing taken", async () => {
  const [one, two] = [newProcess(), newProcess()];
  const failure = new Error("no answer");
  await expect(one.writes.run(["a"], () => Promise.reject(failure))).rejects.toBe(failure);
  expect(await two.locks.tryTake(["a"])).toBe(true);
});

test("a process that dies holds nothing any more", async () => {
  const [one, two] = [newProcess(), newProcess()];
  await one.locks.tryTake(["a"]);
  await one.locks.close();
  opened.shift();
  // The server may notice a moment later that its client has gone.
  const taken = await eventually("its record is free", () => two.locks.tryTake(["a"]));
  expect(taken).toBe(true);
});

test("after a restart of the database locks are had again", async () => {
  const one = newProcess();
  expect(await one.locks.tryTake(["a"])).toBe(true);
  await server.stop();
  await expect(one.locks.tryTake(["b"])).rejects.toThrow(/ECONNREFUSED|terminat/);
  await server.start();
  expect(await one.locks.tryTake(["a"])).toBe(true);
});

test("what is held when the server goes down is taken again on the one that comes up", async () => {
  const one = newProcess();
  expect(await one.locks.tryTake(["a", "b"])).toBe(true);
  await server.stop();
  await server.start();
  const taken = await eventually("both are taken again", async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rowCount } = await client.query("select 1 from pg_locks where locktype = 'advisory'");
    await client.end();
    return rowCount === 2;
  });
  expect(taken).toBe(true);
  const two = newProcess();
  expect(await two.locks.tryTake(["b"])).toBe(false);
  await one.locks.release(["a", "b"]);
  expect(await two.locks.tryTake(["a", "b"])).toBe(true);
});

test("a process that has gone silent holds others up for a minute, not for ever", async () => {
  let nowMs = 0;
  const clock = {
    ...systemClock,
    now: () => nowMs,
    sleep: (delayMs: number) => {
      nowMs += delayMs;
      return Promise.resolve();
    },
  };
  const locks = { tryTake: () => Promise.resolve(false), release: () => Promise.resolve() };
  const writes = new RecordMutex({ clock, log, locks });
  expect(await writes.run(["a"], () => Promise.resolve("written"))).toBe("written");
  expect(nowMs).toBeGreaterThanOrEqual(60_000);
  expect(nowMs).toBeLessThan(61_000);
});
