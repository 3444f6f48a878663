/** The store behind a pooler, as many installations have it. */
import pg from "pg";
import { openDatabase } from "../../../middleware/store/database/database.ts";
import { openPostgresRecordLocks } from "../../../middleware/cluster/postgres-record-locks.ts";
import { openPostgresWakeUps } from "../../../middleware/cluster/postgres-wake-ups.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { eventually } from "../../support/eventually.ts";
import { findPgBouncer, startPgBouncer, type PgBouncer } from "../../support/pgbouncer.ts";
import { startPostgres, type PostgresServer } from "../../../scripts/support/postgres-server.ts";

const program = findPgBouncer();
const withPgBouncer = program === null ? describe.skip : describe;
const log = createLog("silent");

withPgBouncer("through PgBouncer as it comes (node scripts/install-pgbouncer.mjs)", () => {
  let server: PostgresServer;
  let url: string;
  const opened: PgBouncer[] = [];
  const through = async (mode: "session" | "transaction" | "statement") => {
    const bouncer = await startPgBouncer(program ?? "", url, mode);
    opened.push(bouncer);
    return bouncer.url;
  };
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
  });
  afterAll(async () => {
    for (const bouncer of opened) await bouncer.close();
    await server.close();
  });

  test("in session mode everything works, with our time limits", async () => {
    const pooled = await through("session");
    const store = await openDatabase({ kind: "postgres", url: pooled });
    const limit = await store.query
      .selectNoFrom((eb) =>
        eb.fn<string>("current_setting", [eb.val("statement_timeout")]).as("is"),
      )
      .executeTakeFirstOrThrow();
    expect(limit.is).toBe("15s");

    const wakeUps = [1, 2].map(() => openPostgresWakeUps({ url: pooled, tenant: "a", log }));
    await eventually("both listen", () => wakeUps.every((each) => each.listening()));
    let heard = 0;
    wakeUps[1]!.listen("work", () => (heard += 1));
    wakeUps[0]!.announce("work");
    await eventually("the other hears it", () => heard > 0);

    const locks = [1, 2].map(() => openPostgresRecordLocks({ url: pooled, tenant: "a", log }));
    expect(await locks[0]!.tryTake(["x"])).toBe(true);
    expect(await locks[1]!.tryTake(["x"])).toBe(false);
    for (const each of [...wakeUps, ...locks]) await each.close();
    await store.close();
  });

  test.each(["transaction", "statement"] as const)(
    "in %s mode the start says in words why it can't be",
    async (mode) => {
      const pooled = await through(mode);
      const opening = openDatabase({ kind: "postgres", url: pooled });
      await expect(opening).rejects.toThrow(/hands sessions round.*pool_mode to session/s);
    },
  );
});

describe("a server that takes no writes", () => {
  test("is named at the start, and a store that meets it later connects anew", async () => {
    const server = await startPostgres();
    const url = await server.createDatabase();
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const setReadOnly = async (value: "on" | "off") => {
      await admin.query("set default_transaction_read_only = off");
      await admin.query(`alter database ${new URL(url).pathname.slice(1)}
        set default_transaction_read_only = ${value}`);
    };
    try {
      const store = await openDatabase({ kind: "postgres", url });
      const write = (name: string) =>
        store.query
          .insertInto("checkpoints")
          .values({ tenant: "a", name, value: "", at: 0 })
          .execute();
      await write("before");
      await setReadOnly("on");
      await expect(openDatabase({ kind: "postgres", url })).rejects.toThrow(/takes no writes/);
      // What follows on the old connections is as after a fail-over to a server that can't write.
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`);
      await eventually("a write is refused", () =>
        write("meanwhile").then(
          () => false,
          (error: unknown) => String(error).includes("read-only"),
        ),
      );
      await setReadOnly("off");
      await eventually("it can be written to again", () => write("after").then(() => true));
      await store.close();
    } finally {
      await admin.end();
      await server.close();
    }
  });
});
