/** The database is away, frozen or takes no writes: the operator is told, and by the usual pages. */
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import pg from "pg";
import type { Status } from "../../middleware/http/status.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { marketer } from "../support/people.ts";
import { startPostgres, type PostgresServer } from "../../scripts/support/postgres-server.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let server: PostgresServer;
let direct: string;
let line: Line;
let sync: RunningSync;

interface Line {
  readonly port: number;
  setFrozen(frozen: boolean): void;
  close(): Promise<void>;
}

/** Between the middleware and its database: passes everything on, or nothing in either direction. */
async function startLine(to: number): Promise<Line> {
  const ends = new Set<Socket>();
  let frozen = false;
  let held: (() => void)[] = [];
  const passOn = (from: Socket, to: Socket) =>
    from.on("data", (chunk) => {
      const send = () => to.destroyed || to.write(chunk);
      if (frozen) held.push(send);
      else send();
    });
  const listener: Server = createServer((inner) => {
    const outer = connect(to, "127.0.0.1");
    for (const end of [inner, outer]) {
      ends.add(end);
      end.on("error", () => undefined);
      end.on("close", () => ends.delete(end));
    }
    inner.on("close", () => outer.end());
    outer.on("close", () => inner.end());
    passOn(inner, outer);
    passOn(outer, inner);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    setFrozen(now) {
      frozen = now;
      const waiting = held;
      held = [];
      for (const send of waiting) send();
    },
    async close() {
      const closed = new Promise((resolve) => listener.close(resolve));
      for (const end of ends) end.destroy();
      await closed;
    },
  };
}

beforeAll(async () => {
  server = await startPostgres();
  direct = await server.createDatabase();
  line = await startLine(Number(new URL(direct).port));
  const through = new URL(direct);
  through.port = String(line.port);
  sync = await startSync({ links: 2, env: { DATABASE_URL: through.href } });
  await sync.settled();
});
afterAll(async () => {
  await sync.close();
  await line.close();
  await server.close();
});

const asked = async (method: "GET" | "POST", path: string) => {
  const headers = { authorization: `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}` };
  const answer = await fetch(`${sync.middleware().url}${path}`, { method, headers });
  const retryAfter = Number(answer.headers.get("retry-after"));
  return { status: answer.status, text: await answer.text(), retryAfter };
};
const metrics = () => asked("GET", "/metrics");
/** A sentence and a time, never "the log says why". */
const expectAway = ({ status, text, retryAfter }: Awaited<ReturnType<typeof asked>>) => {
  expect(status).toBe(503);
  expect(text).toContain("database");
  expect(retryAfter).toBeGreaterThan(0);
};
const ready = async () => {
  const answer = await fetch(`${sync.middleware().url}/health/ready`);
  const { parts } = (await answer.json()) as { parts: Record<string, boolean> };
  return { status: answer.status, database: parts["database"] };
};
const healthy = () =>
  eventually("it is ready again", async () => (await ready()).status === 200, 60_000);

async function expectToldWithoutDatabase() {
  await eventuallyHolds("not ready, for the database's sake", async () => {
    expect(await ready()).toEqual({ status: 503, database: false });
  });
  const startedAt = Date.now();
  const [status, figures, ...lists] = await Promise.all([
    sync.status(),
    metrics(),
    asked("GET", "/api/problems"),
    asked("GET", "/api/changes"),
  ]);
  lists.forEach(expectAway);
  expect(Date.now() - startedAt).toBeLessThan(15_000);
  expect(status.unavailable).toEqual(
    expect.arrayContaining(["backlog", "links", "openProblems", "sweep.last"]),
  );
  expect(status.links).toBeNull();
  expect(status.mappings.active.length).toBeGreaterThan(0);
  expect(status.systems.circa).toBeDefined();
  expect(figures.status).toBe(200);
  expect(figures.text).toMatch(/^event_info_sync_database_writable 0$/m);
  expect(figures.text).toMatch(/^event_info_sync_links_due Nan$/im);
  expect(figures.text).toMatch(/^event_info_sync_circa_circuit_open 0$/m);
}

test("away: status and metrics answer with what they know, and name what is missing", async () => {
  await server.stop();
  await expectToldWithoutDatabase();
  expectAway(await asked("POST", "/api/sweep"));
  await server.start();
  await healthy();
  const status: Status = await sync.settled();
  expect(status.unavailable).toEqual([]);
});

test("frozen: the same, in bounded time, and it goes on when it answers again", async () => {
  line.setFrozen(true);
  await expectToldWithoutDatabase();
  line.setFrozen(false);
  await healthy();
  await sync.settled();
});

test("read-only: not ready, and an edit meanwhile arrives once it takes writes again", async () => {
  const name = new URL(direct).pathname.slice(1);
  const admin = new pg.Client({ connectionString: direct });
  await admin.connect();
  const setReadOnly = async (value: "on" | "off") => {
    await admin.query("set default_transaction_read_only = off");
    await admin.query(`alter database ${name} set default_transaction_read_only = ${value}`);
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
  };
  try {
    await setReadOnly("on");
    await eventuallyHolds("not ready", async () => {
      expect(await ready()).toEqual({ status: 503, database: false });
    });
    const [event] = await marketer(sync).events();
    await marketer(sync).edit(String(event!["id"]), { location: "while it was read-only" });
    await setReadOnly("off");
    await healthy();
    await sync.settled();
    expect((await metrics()).text).toMatch(/^event_info_sync_database_writable 1$/m);
  } finally {
    await admin.end();
  }
});
