/**
 * Kysely's driver for a node of the simulation: several nodes share one SQLite store in memory,
 * one transaction at a time; what a dead node had not committed is rolled back.
 */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import { never, type Life } from "../engine/mortal.ts";
import type { SharedStore } from "./shared-store.ts";

export class NodeDriver implements Driver {
  readonly #store: SharedStore;
  readonly #life: Life;

  constructor(store: SharedStore, life: Life) {
    this.#store = store;
    this.#life = life;
    life.onEnd(() => this.#store.releaseDead(life));
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#store.acquire(this.#life);
    return new NodeConnection(this.#store, this.#life);
  }

  async beginTransaction(
    connection: DatabaseConnection,
    _settings: TransactionSettings,
  ): Promise<void> {
    await connection.executeQuery(begin);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#store.beforeCommit(this.#life);
    await connection.executeQuery(commit);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(rollback);
  }

  releaseConnection(): Promise<void> {
    this.#store.release(this.#life);
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }
}

const begin = CompiledQuery.raw("begin");
const commit = CompiledQuery.raw("commit");
const rollback = CompiledQuery.raw("rollback");

class NodeConnection implements DatabaseConnection {
  readonly #store: SharedStore;
  readonly #life: Life;

  constructor(store: SharedStore, life: Life) {
    this.#store = store;
    this.#life = life;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#life.alive ? this.#execute(query) : never();
  }

  async #execute<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const result = this.#store.execute(sql, parameters, this.#life) as QueryResult<R>;
    // The statement may have been its last.
    return this.#life.alive ? result : never();
  }

  // eslint-disable-next-line require-yield, @typescript-eslint/require-await -- Kysely's interface wants a generator, and no statement of the middleware streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("nothing streams from the store");
  }
}
