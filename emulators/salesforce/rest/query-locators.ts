import { randomBytes } from "node:crypto";
import type { QueryAnswer } from "../soql/result.ts";

/** Answers that are read page by page. Only so many stay open; the oldest goes first. */
export class QueryLocators {
  private readonly open = new Map<string, QueryAnswer>();

  constructor(private readonly limit = 50) {}

  /** @returns an Id that `nextRecordsUrl` carries */
  keep(answer: QueryAnswer): string {
    const id = `01g${randomBytes(9).toString("hex").slice(0, 12)}MAA`;
    this.open.set(id, answer);
    const [oldest] = this.open.keys();
    if (this.open.size > this.limit && oldest !== undefined) this.open.delete(oldest);
    return id;
  }

  answer(id: string): QueryAnswer | undefined {
    return this.open.get(id);
  }

  clear(): void {
    this.open.clear();
  }
}
