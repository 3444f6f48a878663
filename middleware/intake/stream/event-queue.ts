/**
 * Messages that have come and are not stored yet, in the order of the stream. They are stored in
 * batches, one at a time; a batch that fails takes the rest with it, for nothing behind it may
 * move the checkpoint.
 */
import { acceptMessages, type AcceptMessageParts } from "./accept-messages.ts";
import type { PlatformEventMessage } from "./platform-event-message.ts";

/** Events of one transaction: it is short, and a lock on a link is held shortly. */
const batchSize = 100;

export class EventQueue {
  readonly #parts: AcceptMessageParts;
  readonly #onFailed: (error: unknown) => void;
  #events: PlatformEventMessage[] = [];
  #inHand = 0;
  #checkpoint: string | null = null;
  #keeping: Promise<void> | null = null;
  #watchers: (() => void)[] = [];

  /** @param onFailed messages could not be stored; the queue is empty then */
  constructor(parts: AcceptMessageParts, onFailed: (error: unknown) => void) {
    this.#parts = parts;
    this.#onFailed = onFailed;
  }

  /** Messages not stored yet, those under way included. */
  get size(): number {
    return this.#events.length + this.#inHand;
  }

  /** Says where the checkpoint stands; to be called while the queue is idle. */
  startFrom(checkpoint: string | null): void {
    this.#checkpoint = checkpoint;
  }

  add(event: PlatformEventMessage): void {
    this.#events.push(event);
    this.#keeping ??= this.#keepAll();
  }

  /** Resolves when fewer than `size` events wait. */
  async below(size: number): Promise<void> {
    while (this.size >= size) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#keeping !== null) await this.#keeping;
  }

  /** Lets go of what is not under way yet: the next session brings it again. */
  discard(): void {
    this.#events = [];
    this.#tell();
  }

  async #keepAll(): Promise<void> {
    // Events of one answer arrive in one go: the first batch holds them all.
    await Promise.resolve();
    while (this.#events.length > 0) {
      const batch = this.#events.splice(0, batchSize);
      this.#inHand = batch.length;
      try {
        await acceptMessages(this.#parts, batch, this.#checkpoint);
        this.#checkpoint = batch.at(-1)?.replayId ?? this.#checkpoint;
      } catch (error) {
        this.#events = [];
        this.#onFailed(error);
      } finally {
        this.#inHand = 0;
      }
      this.#tell();
    }
    this.#keeping = null;
  }

  #tell(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}
