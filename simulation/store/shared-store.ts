/** The one SQLite store that all nodes of a simulation share, kept in memory over all seeds. */
import SqliteDatabase from "libsql";
import type { QueryResult } from "kysely";
import { never, type Life } from "../engine/mortal.ts";
import { asSqlite, withTimes } from "./as-sqlite.ts";

interface Prepared {
  readonly statement: SqliteDatabase.Statement;
  readonly reads: boolean;
  readonly timesAt: readonly number[];
}

export interface StoreHooks {
  /** Called before each statement; may end the node. */
  readonly onStatement: (life: Life) => void;
  /** How long a commit takes; 0: no time at all. */
  readonly commitMs: () => number;
  readonly sleep: (delayMs: number) => Promise<void>;
  /** The store's own clock. */
  readonly now: () => number;
}

/** Rows by table. */
export type Backup = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;

export class SharedStore {
  readonly raw: SqliteDatabase.Database;
  readonly #prepared = new Map<string, Prepared>();
  #holder: Life | null = null;
  #waiting: { life: Life; go: () => void }[] = [];
  hooks: StoreHooks | null = null;
  statements = 0;

  constructor() {
    this.raw = new SqliteDatabase(":memory:");
  }

  execute(sql: string, parameters: readonly unknown[], life: Life): QueryResult<unknown> {
    this.statements += 1;
    this.hooks?.onStatement(life);
    if (!life.alive) return { rows: [] };
    const { statement, reads, timesAt } = this.#prepare(sql);
    const values = withTimes(parameters, timesAt, this.hooks?.now() ?? 0);
    if (reads) return { rows: statement.all(values) };
    const { changes, lastInsertRowid } = statement.run(values);
    return {
      rows: [],
      numAffectedRows: BigInt(changes),
      insertId: BigInt(lastInsertRowid),
    };
  }

  /** For the checker: reads what is committed, past all nodes. */
  read<R>(sql: string, ...parameters: unknown[]): R[] {
    return this.#prepare(sql).statement.all(parameters) as R[];
  }

  async acquire(life: Life): Promise<void> {
    if (!life.alive) return never();
    if (this.#holder === null) {
      this.#holder = life;
      return;
    }
    await new Promise<void>((go) => this.#waiting.push({ life, go }));
  }

  release(life: Life): void {
    if (!life.alive || this.#holder !== life) return;
    this.#passOn();
  }

  /** What a dead node held in its transaction is as if it had never been. */
  releaseDead(life: Life): void {
    this.#waiting = this.#waiting.filter((entry) => entry.life !== life);
    if (this.#holder !== life) return;
    if (this.raw.inTransaction) this.raw.exec("rollback");
    this.#passOn();
  }

  async beforeCommit(life: Life): Promise<void> {
    const commitMs = this.hooks?.commitMs() ?? 0;
    if (commitMs > 0) await this.hooks?.sleep(commitMs);
    if (!life.alive) await never();
  }

  /** Empties all tables, so that the next seed starts as if from nothing. */
  clear(): void {
    this.#holder = null;
    this.#waiting = [];
    this.hooks = null;
    if (this.raw.inTransaction) this.raw.exec("rollback");
    const tables = this.#tables();
    this.raw.exec("begin");
    for (const name of tables) this.raw.exec(`delete from "${name}"`);
    this.raw.exec("commit");
  }

  /** No transaction is open, so that the rows are the committed ones. */
  get isIdle(): boolean {
    return !this.raw.inTransaction;
  }

  /** All that is committed; to be asked for while it is idle. */
  backUp(): Backup {
    return new Map(
      this.#tables().map((table) => [table, this.raw.prepare(`select * from "${table}"`).all()]),
    ) as Backup;
  }

  /** Restores the rows; every transaction must have ended. */
  restore(backup: Backup): void {
    this.raw.exec("begin");
    for (const [table, rows] of backup) {
      this.raw.exec(`delete from "${table}"`);
      const names = Object.keys(rows[0] ?? {});
      if (names.length === 0) continue;
      const columns = names.map((name) => `"${name}"`).join(", ");
      const places = names.map(() => "?").join(", ");
      const insert = this.raw.prepare(`insert into "${table}" (${columns}) values (${places})`);
      for (const row of rows) insert.run(names.map((name) => row[name]));
    }
    this.raw.exec("commit");
  }

  #tables(): string[] {
    const tables = this.read<{ name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'kysely_%' and name not like 'sqlite_%'",
    );
    return tables.map(({ name }) => name);
  }

  #passOn(): void {
    const next = this.#waiting.shift();
    this.#holder = next?.life ?? null;
    next?.go();
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const translated = asSqlite(sql);
    const statement = this.raw.prepare(translated.sql);
    const prepared = { statement, reads: statement.reader, timesAt: translated.timesAt };
    // Lists of values make a statement of each length; a few thousand of them are enough to keep.
    if (this.#prepared.size > 3_000) this.#prepared.clear();
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}
