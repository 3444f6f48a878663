/** Appends webhooks to the journal: a group is on the disk before its promise resolves. */
import { open, unlink, type FileHandle } from "node:fs/promises";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { InboxWriter, KeptWebhook } from "./inbox.ts";
import { encodeRecord, segmentFile } from "./journal-format.ts";
import type { JournalMarks } from "./journal-marks.ts";

/** A full segment ends: it can be deleted once it is drained. */
const maxSegmentBytes = 1_048_576;
/** Some minutes of a storm; in a file, not in memory. */
export const defaultMaxWaitingBytes = 64 * 1_048_576;

export interface JournalWriterParts {
  readonly folder: string;
  readonly marks: JournalMarks;
  readonly maxWaitingBytes: number;
  readonly onFailpoint: OnFailpoint;
}

export class JournalWriter implements InboxWriter {
  readonly #parts: JournalWriterParts;
  #segment: number;
  #offset = 0;
  #file: FileHandle | null = null;

  constructor(parts: JournalWriterParts) {
    this.#parts = parts;
    this.#segment = parts.marks.durable.segment;
  }

  isFull(): boolean {
    return this.#parts.marks.waitingBytes >= this.#parts.maxWaitingBytes;
  }

  async append(webhooks: readonly KeptWebhook[]): Promise<void> {
    const { marks, onFailpoint } = this.#parts;
    const bytes = Buffer.concat(webhooks.map(encodeRecord));
    try {
      const file = this.#file ?? (await this.#open());
      await file.writeFile(bytes);
      onFailpoint("webhooks_written");
      await file.datasync();
    } catch (error) {
      // How much of it is in the file is not known: nothing may come after it.
      await this.#leave();
      throw error;
    }
    this.#offset += bytes.length;
    marks.wrote({ segment: this.#segment, offset: this.#offset }, webhooks.length, bytes.length);
    onFailpoint("webhooks_durable");
    if (this.#offset < maxSegmentBytes) return;
    await this.#leave();
    // So it can be deleted before the next webhook comes.
    marks.wrote({ segment: this.#segment, offset: 0 }, 0, 0);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  async #open(): Promise<FileHandle> {
    const { folder } = this.#parts;
    const file = await open(segmentFile(folder, this.#segment), "wx", 0o600);
    this.#file = file;
    // A file is there after a power cut once its folder is on the disk as well.
    await syncFolder(folder);
    return file;
  }

  /** The next append begins the next segment. */
  async #leave(): Promise<void> {
    const isEmpty = this.#offset === 0;
    const left = segmentFile(this.#parts.folder, this.#segment);
    await this.close().catch(() => undefined);
    this.#segment += 1;
    this.#offset = 0;
    if (isEmpty) await unlink(left).catch(() => undefined);
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open folders, and keeps them itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
