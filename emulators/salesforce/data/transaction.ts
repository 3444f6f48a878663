import type { FieldValue } from "../schema/types.ts";
import type { UserAccess } from "./access.ts";
import type { Org } from "./org.ts";

/** A platform event on its way to the bus. */
export interface PendingEvent {
  readonly eventName: string;
  readonly payload: Readonly<Record<string, FieldValue>>;
  readonly createdById: string;
  readonly eventUuid: string;
}

/**
 * One unit of work of one user. It runs in one turn of the event loop, so transactions never
 * overlap. Events of events published after commit leave when it ends well, and only then.
 */
export class Transaction {
  private pending: PendingEvent[] = [];
  /** Records written, for the statistics. */
  written = 0;

  constructor(
    readonly org: Org,
    readonly userId: string,
    readonly access: UserAccess,
  ) {}

  savepoint(): { store: number; events: number } {
    return { store: this.org.store.savepoint(), events: this.pending.length };
  }

  rollbackTo(savepoint: { store: number; events: number }): void {
    this.org.store.rollbackTo(savepoint.store);
    this.pending.length = savepoint.events;
  }

  publish(eventName: string, payload: Readonly<Record<string, FieldValue>>): PendingEvent {
    const event: PendingEvent = {
      eventName,
      payload,
      createdById: this.userId,
      eventUuid: this.org.newUuid(),
    };
    const object = this.org.schema.object(eventName);
    if (object?.publishBehavior === "PublishAfterCommit") this.pending.push(event);
    else this.org.deliver([event]);
    return event;
  }

  /** @internal what `Org.transact` sends out after the commit */
  takePending(): PendingEvent[] {
    return this.pending.splice(0);
  }
}
