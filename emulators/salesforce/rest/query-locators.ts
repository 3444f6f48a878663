import { randomBytes } from "node:crypto";
import type { ResultRow } from "../soql/result.ts";

/** Answers that are read page by page. Only so many stay open; the oldest goes first. */
export class QueryLocators {
  private readonly open = new Map<string, readonly ResultRow[]>();

  constructor(private readonly limit = 50) {}

  /** @returns an Id that `nextRecordsUrl` carries */
  keep(rows: readonly ResultRow[]): string {
    const id = `01g${randomBytes(9).toString("hex").slice(0, 12)}MAA`;
    this.open.set(id, rows);
    const [oldest] = this.open.keys();
    if (this.open.size > this.limit && oldest !== undefined) this.open.delete(oldest);
    return id;
  }

  rows(id: string): readonly ResultRow[] | undefined {
    return this.open.get(id);
  }

  clear(): void {
    this.open.clear();
  }
}
