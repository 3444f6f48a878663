import { randomUUID } from "node:crypto";
import { loadSchema } from "./load-schema.ts";
import type { OrgSchema } from "../schema/org-schema.ts";
import { KeyPrefixes } from "../schema/source/read-object.ts";
import type { FieldValue, ObjectSchema, PermissionSetSchema } from "../schema/types.ts";
import { UserAccess } from "../schema/access.ts";
import type { SaveError } from "./errors.ts";
import { IdSequence } from "./ids.ts";
import type { DraftRecord, TriggerOperation, TriggerRow } from "./triggers.ts";
import { indexKey, RecordStore, type StoredRecord } from "./store.ts";

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
 * Code that runs when records are saved: at most 200 rows at a time, inside the transaction. What it
 * throws refuses every row of the invocation.
 */
export interface Trigger {
  readonly name: string;
  readonly objectName: string;
  run(invocation: TriggerInvocation): void;
}

export interface TriggerInvocation {
  readonly timing: "before" | "after";
  readonly operation: TriggerOperation;
  readonly rows: readonly TriggerRow[];
  readonly transaction: Transaction;
}

/** Looks at a row before it is saved, and may refuse it: faults, and rules of the platform. */
export type RowCheck = (row: {
  objectName: string;
  operation: TriggerOperation;
  record: DraftRecord;
  /** Position in the call. */
  index: number;
  /** Names of the fields that the caller wrote. */
  writtenFields: readonly string[];
}) => SaveError | null;

export interface OrgOptions {
  sourceDirs: readonly string[];
  now: () => Date;
  /** Those of an org that this one is to be like. */
  keyPrefixes?: KeyPrefixes;
}

/**
 * The org without any network: schema, rows, users' rights, triggers and transactions. REST, the
 * query engine and code that runs in the org all work on this.
 */
export class Org {
  readonly now: () => Date;
  readonly store = new RecordStore();
  readonly triggers: Trigger[] = [];
  readonly rowChecks: RowCheck[] = [];
  /** Called after a commit with what was published. */
  onEvents: (events: readonly PendingEvent[]) => void = () => undefined;
  ids = new IdSequence();
  /**
   * Lower-case `Object.Field` of fields that a deployment made: no profile shows them, so that no user sees
   * them until a permission set grants them.
   */
  readonly hiddenFields = new Set<string>();
  schema: OrgSchema;
  /** What the org's metadata is read from; a deployment puts others in their place. */
  sourceDirs: readonly string[];
  private keyPrefixes: KeyPrefixes;
  private firstSourceDirs: readonly string[];
  private readonly grants = new Map<string, readonly string[] | "administrator">();

  constructor(options: OrgOptions) {
    this.now = options.now;
    this.keyPrefixes = options.keyPrefixes ?? new KeyPrefixes();
    this.sourceDirs = options.sourceDirs;
    this.firstSourceDirs = options.sourceDirs;
    this.schema = loadSchema(this.sourceDirs, this.now(), this.keyPrefixes);
  }

  /** Back to the first source folders: no rows, no users, nothing deployed, no changes made in Setup. */
  clear(): void {
    this.store.clear();
    this.grants.clear();
    this.hiddenFields.clear();
    this.ids = new IdSequence();
    this.keyPrefixes = new KeyPrefixes();
    this.sourceDirs = this.firstSourceDirs;
    this.schema = loadSchema(this.sourceDirs, this.now(), this.keyPrefixes);
  }

  /**
   * Reads the metadata anew from these folders. Rows stay; so does what an admin changed by hand, but
   * for the components that are named.
   * @throws Error naming the file when it can't be read, and then everything stays as it is
   */
  rebuild(sourceDirs: readonly string[], deployed: ReadonlySet<string> = new Set()): void {
    const schema = loadSchema(sourceDirs, this.now(), this.keyPrefixes);
    schema.takeOverChanges(this.schema, deployed);
    this.schema = schema;
    this.sourceDirs = sourceDirs;
  }

  /** What is here now is what `clear` comes back to. */
  startOverFromHere(): void {
    this.firstSourceDirs = this.sourceDirs;
  }

  /**
   * Another org that has this one's metadata, users and set-up, and none of its business data: what a
   * deployment is tried on, and where Apex tests run.
   */
  fork(): Org {
    const { sourceDirs, now } = this;
    const fork = new Org({ sourceDirs, now, keyPrefixes: this.keyPrefixes.copy() });
    fork.schema.takeOverChanges(this.schema, new Set());
    fork.ids = this.ids.copy();
    for (const name of this.hiddenFields) fork.hiddenFields.add(name);
    for (const [userId, granted] of this.grants) fork.grants.set(userId, granted);
    for (const object of this.schema.objects()) {
      if (object.sharingModel !== null) continue;
      for (const row of this.store.rows(object.name)) fork.store.put(object.name, row);
    }
    fork.store.commit();
    return fork;
  }

  newUuid(): string {
    return randomUUID();
  }

  newId(object: ObjectSchema): string {
    return this.ids.next(object.keyPrefix ?? "000");
  }

  /** Says what a user may do: everything, or what the named permission sets grant. */
  grant(userId: string, permissionSets: readonly string[] | "administrator"): void {
    this.grants.set(userId, permissionSets);
  }

  accessOf(userId: string): UserAccess {
    const granted = this.grants.get(userId) ?? [];
    const named = (names: Iterable<string>): PermissionSetSchema[] =>
      [...new Set(names)].flatMap((name) => this.schema.permissionSets.get(name) ?? []);
    const assigned = this.assignedPermissionSets(userId);
    if (granted === "administrator") {
      return new UserAccess(this.schema, granted, named(assigned), this.hiddenFields);
    }
    return new UserAccess(this.schema, named([...granted, ...assigned]));
  }

  /** Names of the permission sets that rows of PermissionSetAssignment give the user. */
  private assignedPermissionSets(userId: string): string[] {
    return this.store
      .idsByValue("PermissionSetAssignment", "AssigneeId", indexKey(userId))
      .flatMap((id) => this.permissionSetsOf(this.store.get("PermissionSetAssignment", id)))
      .flatMap((setId) => {
        const name = this.store.get("PermissionSet", setId)?.Name;
        return typeof name === "string" ? [name] : [];
      });
  }

  /** Ids of the permission sets behind an assignment: its own, or those of its group. */
  private permissionSetsOf(assignment: StoredRecord | undefined): string[] {
    if (assignment?.IsDeleted === true) return [];
    const groupId = assignment?.PermissionSetGroupId;
    const components = [...this.store.rows("PermissionSetGroupComponent")].filter(
      (row) => typeof groupId === "string" && row.PermissionSetGroupId === groupId,
    );
    return [assignment, ...components].flatMap((row) => {
      const setId = row?.PermissionSetId;
      return typeof setId === "string" ? [setId] : [];
    });
  }

  /** Runs work as one transaction of a user: all of it stays, or none when the work throws. */
  transact<Result>(userId: string, work: (transaction: Transaction) => Result): Result {
    const transaction = new Transaction(this, userId, this.accessOf(userId));
    const start = transaction.savepoint();
    let result: Result;
    try {
      result = work(transaction);
    } catch (error) {
      transaction.rollbackTo(start);
      throw error;
    }
    this.store.commit();
    this.deliver(transaction.takePending());
    for (const afterwards of transaction.takeAfterwards()) afterwards();
    return result;
  }

  deliver(events: readonly PendingEvent[]): void {
    if (events.length > 0) this.onEvents(events);
  }
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
