import { createHash } from "node:crypto";
import type { ObjectSchema } from "../schema/types.ts";
import type { PendingEvent } from "../data/org.ts";

/** An event as the bus keeps it for those who replay. */
export interface StoredEvent {
  readonly channel: string;
  readonly replayId: number;
  readonly eventUuid: string;
  readonly schemaId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What a subscriber gets when it asks for events after a replay id. */
export type Replay =
  | { readonly ok: true; readonly events: readonly StoredEvent[] }
  | { readonly ok: false };

/**
 * The platform event bus: one sequence of replay ids with gaps in it, kept until purged. Ids say
 * nothing but the order, as in Salesforce.
 */
export class EventBus {
  private events: StoredEvent[] = [];
  private lastReplayId = 1000;
  private purgedThrough = 1000;
  private readonly listeners = new Set<(event: StoredEvent) => void>();
  published = 0;
  /** So many events are accepted and never delivered, as happens in rare cases. */
  dropNext = 0;

  constructor(
    private readonly now: () => Date,
    private readonly objectOf: (eventName: string) => ObjectSchema | undefined,
    private readonly retained = 100_000,
  ) {}

  /** @returns what ends the listening */
  onEvent(listener: (event: StoredEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publish(pending: PendingEvent): void {
    if (this.dropNext > 0) {
      this.dropNext -= 1;
      return;
    }
    const object = this.objectOf(pending.eventName);
    const payload: Record<string, unknown> = {
      CreatedDate: this.now().toISOString(),
      CreatedById: pending.createdById,
    };
    for (const field of object?.fields.values() ?? []) {
      if (field.custom) payload[field.name] = pending.payload[field.name] ?? null;
    }
    this.add({
      channel: `/event/${object?.name ?? pending.eventName}`,
      eventUuid: pending.eventUuid,
      schemaId: schemaIdOf(object),
      payload,
    });
  }

  /** Delivers an event once more: same UUID, new replay id, as at-least-once publishing may. */
  repeatLast(channel?: string): StoredEvent | null {
    const last = this.events.findLast((event) => !channel || event.channel === channel);
    return last ? this.add(last) : null;
  }

  /** -1: nothing kept; -2: all that is kept; otherwise what came after that id. */
  replay(channel: string, after: number): Replay {
    if (after === -1) return { ok: true, events: [] };
    if (after !== -2 && (after <= this.purgedThrough || after > this.lastReplayId)) {
      return { ok: false };
    }
    return {
      ok: true,
      events: this.events.filter((event) => event.channel === channel && event.replayId > after),
    };
  }

  /** Drops kept events as the end of retention does: those up to this id, or all. */
  purgeThrough(replayId: number = this.lastReplayId): void {
    this.purgedThrough = Math.max(this.purgedThrough, replayId);
    this.events = this.events.filter((event) => event.replayId > replayId);
  }

  clear(): void {
    this.purgeThrough();
    this.published = 0;
    this.dropNext = 0;
  }

  /** Starts the ids over, as an org migration may: ids from before mean nothing any more. */
  restartIds(): void {
    this.events = [];
    this.lastReplayId = 0;
    this.purgedThrough = 0;
  }

  get newestReplayId(): number {
    return this.lastReplayId;
  }

  private add(event: Omit<StoredEvent, "replayId">): StoredEvent {
    this.published += 1;
    this.lastReplayId += 1 + (this.published % 3);
    const stored = { ...event, replayId: this.lastReplayId };
    this.events.push(stored);
    if (this.events.length > this.retained) {
      this.purgedThrough = this.events.shift()?.replayId ?? this.purgedThrough;
    }
    for (const listener of this.listeners) listener(stored);
    return stored;
  }
}

/** A fingerprint of the event's fields: another schema id says that the definition changed. */
function schemaIdOf(object: ObjectSchema | undefined): string {
  const text = [...(object?.fields.values() ?? [])].map((field) => `${field.name}:${field.type}`);
  return createHash("md5").update(text.join(";")).digest("base64url");
}
