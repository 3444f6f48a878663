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

/** How much of a transaction is kept when it is taken back to here. */
export interface Savepoint {
  readonly store: number;
  readonly events: number;
  readonly afterwards: number;
}

/**
 * One unit of work of one user. It runs in one turn of the event loop, so transactions never
 * overlap. Events of events published after commit leave when it ends well, and only then.
 */
export class Transaction {
  private pending: PendingEvent[] = [];
  private afterwards: (() => void)[] = [];
  /** Records written by type, for the statistics. */
  readonly written = new Map<string, number>();

  constructor(
    readonly org: Org,
    readonly userId: string,
    readonly access: UserAccess,
  ) {}

  savepoint(): Savepoint {
    return {
      store: this.org.store.savepoint(),
      events: this.pending.length,
      afterwards: this.afterwards.length,
    };
  }

  rollbackTo(savepoint: Savepoint): void {
    this.org.store.rollbackTo(savepoint.store);
    this.pending.length = savepoint.events;
    this.afterwards.length = savepoint.afterwards;
  }

  /** Does work in transactions of its own once this one stands; a rollback drops it. */
  afterCommit(work: () => void): void {
    this.afterwards.push(work);
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

  /** @internal what `Org.transact` does after the commit */
  takeAfterwards(): (() => void)[] {
    return this.afterwards.splice(0);
  }
}
