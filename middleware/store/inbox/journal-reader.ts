/** Reads the journal from its oldest record on, and deletes segments that are drained. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from "node:fs";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { Log } from "../../runtime/log.ts";
import type { Inbox, KeptWebhook, Waiting } from "./inbox.ts";
import { decodeRecord, maxRecordBytes, segmentFile, segmentsIn } from "./journal-format.ts";
import { JournalMarks } from "./journal-marks.ts";

export interface JournalReaderParts {
  /** Created where it is missing; this process's own. */
  readonly folder: string;
  readonly log: Log;
  readonly onFailpoint: OnFailpoint;
}

interface Batch {
  readonly webhooks: readonly KeptWebhook[];
  readonly bytes: number;
}

/**
 * No place is kept across starts: what is there is applied, and what was applied before is known by
 * its `webhook-id`. So journal and database may come from backups of different times.
 */
export class JournalReader implements Inbox {
  readonly shared = false;
  readonly marks = new JournalMarks();
  readonly #parts: JournalReaderParts;
  readonly #buffer = Buffer.allocUnsafeSlow(maxRecordBytes);
  #segment: number;
  #offset = 0;
  #file: number | null = null;
  #batch: Batch = { webhooks: [], bytes: 0 };

  constructor(parts: JournalReaderParts) {
    this.#parts = parts;
    mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
    const left = segmentsIn(parts.folder);
    const next = (left.at(-1) ?? 0) + 1;
    this.#segment = left[0] ?? next;
    let [records, bytes] = [0, 0];
    for (const segment of left) {
      const content = readFileSync(segmentFile(parts.folder, segment));
      let record = decodeRecord(content, 0);
      for (let at = 0; record !== null; record = decodeRecord(content, at)) {
        records += 1;
        bytes += record.end - at;
        at = record.end;
      }
    }
    this.marks.wrote({ segment: next, offset: 0 }, records, bytes);
    if (records > 0) parts.log.info({ records }, "webhooks of before wait to be applied");
  }

  mayWait(): boolean {
    const { durable } = this.marks;
    return this.#segment < durable.segment || this.#offset < durable.offset;
  }

  take(_trx: unknown, max: number): Promise<readonly KeptWebhook[]> {
    this.#batch = this.#read(max);
    this.#parts.onFailpoint("webhooks_read");
    return Promise.resolve(this.#batch.webhooks);
  }

  taken(): void {
    const { webhooks, bytes } = this.#batch;
    this.#offset += bytes;
    this.marks.drained(webhooks.length, bytes);
    this.#batch = { webhooks: [], bytes: 0 };
  }

  waiting(): Promise<Waiting> {
    const oldest = this.mayWait() ? this.#read(1).webhooks[0] : undefined;
    // After a failed write there may be more than was counted.
    const count = oldest === undefined ? 0 : Math.max(1, this.marks.waiting);
    return Promise.resolve({ count, oldestAt: oldest?.receivedAt ?? null });
  }

  /** Once nobody writes any more. After all is drained nothing is left. */
  close(): void {
    this.#closeFile();
    if (this.mayWait()) return;
    for (const segment of segmentsIn(this.#parts.folder)) this.#delete(segment);
  }

  #read(max: number): Batch {
    for (;;) {
      const bytes = this.#bytes();
      const webhooks: KeptWebhook[] = [];
      let at = 0;
      while (webhooks.length < max) {
        const record = decodeRecord(bytes, at);
        if (record === null) break;
        webhooks.push(record.kept);
        at = record.end;
      }
      if (webhooks.length > 0 || !this.#nextSegment(bytes.length)) return { webhooks, bytes: at };
    }
  }

  /** What is durable behind the place that is reached, as far as it fits. */
  #bytes(): Buffer {
    const { durable } = this.marks;
    const isCurrent = this.#segment === durable.segment;
    const length = isCurrent ? durable.offset - this.#offset : Infinity;
    if (length <= 0) return this.#buffer.subarray(0, 0);
    const file = segmentFile(this.#parts.folder, this.#segment);
    // One that could not be written is missing.
    if (this.#file === null && !existsSync(file)) return this.#buffer.subarray(0, 0);
    this.#file ??= openSync(file, "r");
    const wanted = Math.min(length, this.#buffer.length);
    return this.#buffer.subarray(0, readSync(this.#file, this.#buffer, 0, wanted, this.#offset));
  }

  /** @returns false at the last one, which is being written */
  #nextSegment(tornBytes: number): boolean {
    const { durable } = this.marks;
    const left = this.#segment;
    if (left >= durable.segment) return false;
    if (tornBytes > 0) {
      this.#parts.log.warn({ segment: left, tornBytes }, "the end of a journal's segment is torn");
    }
    this.#closeFile();
    this.#delete(left);
    const later = segmentsIn(this.#parts.folder).filter((it) => it > left);
    this.#segment = Math.min(later[0] ?? durable.segment, durable.segment);
    this.#offset = 0;
    this.#parts.onFailpoint("webhook_segment_deleted");
    return true;
  }

  #delete(segment: number): void {
    rmSync(segmentFile(this.#parts.folder, segment), { force: true });
  }

  #closeFile(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
