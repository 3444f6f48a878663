/**
 * What the Apex engine needs from the platform it runs on; it knows nothing of it besides. The local
 * Salesforce fulfils these ports with its schema, records, queries and users (`emulators/salesforce/apex`).
 * Everything is synchronous: one Apex transaction runs to its end in one turn.
 */
export interface PicklistEntry {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
}

/** One field, with the names and lower-case types of the REST API's describe. */
export interface FieldDescribe {
  readonly name: string;
  readonly label: string;
  /** `string`, `textarea`, `picklist`, `reference`, `id`, `double`, `currency`, `datetime`, … */
  readonly type: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly calculated: boolean;
  readonly custom: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly htmlFormatted: boolean;
  readonly dependentPicklist: boolean;
  readonly picklistValues: readonly PicklistEntry[];
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
}

export interface ChildRelationship {
  readonly relationshipName: string | null;
  readonly childSObject: string;
}

export interface ObjectDescribe {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly queryable: boolean;
  /** By lower-case API name. */
  readonly fields: ReadonlyMap<string, FieldDescribe>;
  readonly childRelationships: readonly ChildRelationship[];
}

export interface SchemaPort {
  /** API names of all objects, platform events and custom metadata types included. */
  objectNames(): readonly string[];
  /** By API name without case. */
  describe(objectName: string): ObjectDescribe | null;
}

/**
 * A field value as the platform holds it: text, numbers, booleans; dates as `2026-11-23`,
 * datetimes as ISO 8601 in UTC, times as `14:30:00.000Z`.
 */
export type FieldValue = string | number | boolean | null;

/** A row by field API name. */
export type Row = Readonly<Record<string, FieldValue>>;

/** One field of a queried row: a value, the record behind a lookup, or the rows of a sub-query. */
export type QueryField =
  | { readonly name: string; readonly type: string; readonly value: FieldValue }
  | { readonly name: string; readonly related: QueryRow | null }
  | { readonly name: string; readonly children: readonly QueryRow[] };

export interface QueryRow {
  /** `AggregateResult` for groups. */
  readonly objectName: string;
  readonly id: string | null;
  readonly fields: readonly QueryField[];
}

export interface QueryAnswer {
  /** Rows found; for `SELECT COUNT()` the answer itself, which has no rows. */
  readonly totalSize: number;
  readonly rows: readonly QueryRow[];
}

export type AccessMode = "user" | "system";

/** What a query or a write failed on; the engine turns it into the Apex exception. */
export class PlatformError extends Error {
  readonly statusCode: string;

  constructor(statusCode: string, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

export interface QueryOptions {
  readonly mode: AccessMode;
  /** Leaves out records that the user's sharing does not open. */
  readonly sharing: boolean;
  /** `ALL ROWS`. */
  readonly includeDeleted: boolean;
}

export type WriteOperation = "insert" | "update" | "upsert" | "delete" | "undelete";

export interface WriteRequest {
  readonly operation: WriteOperation;
  readonly object: string;
  readonly rows: readonly Row[];
  readonly allOrNone: boolean;
  readonly mode: AccessMode;
  /** Refuses records that the user's sharing does not open. */
  readonly sharing: boolean;
  /** For upsert; `Id` when not named. */
  readonly externalIdField: string;
}

export interface WriteError {
  statusCode: string;
  message: string;
  fields: string[];
}

export interface WriteResult {
  readonly id: string | null;
  readonly success: boolean;
  readonly created: boolean;
  readonly errors: readonly WriteError[];
}

/** One row of a trigger's invocation. */
export interface TriggerRow {
  /** As it was: null on insert. */
  readonly before: Row | null;
  /** As it will be, or is: null on delete. A before trigger may change it in place. */
  readonly after: Record<string, FieldValue> | null;
  addError(error: WriteError): void;
}

export type TriggerTiming = "before" | "after";
export type TriggerOperation = "insert" | "update" | "delete" | "undelete";

/** One invocation: up to 200 rows, inside the transaction that saves them. */
export interface TriggerInvocation {
  readonly object: string;
  readonly timing: TriggerTiming;
  readonly operation: TriggerOperation;
  readonly rows: readonly TriggerRow[];
  readonly transaction: TransactionPort;
}

export interface UserInfoPort {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly profileId: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly locale: string;
  readonly language: string;
  /** Whether the user has the feature licence that editing Campaigns takes. */
  readonly marketingUser: boolean;
}

export interface AccessPort {
  user(userId: string): UserInfoPort;
  organization(): {
    readonly id: string;
    readonly hasCurrencies: boolean;
  };
  hasCustomPermission(userId: string, name: string): boolean;
  object(
    userId: string,
    object: string,
  ): { read: boolean; create: boolean; edit: boolean; delete: boolean };
  field(userId: string, object: string, field: string): { read: boolean; edit: boolean };
}

/** An event on its way to subscribers. */
export interface EventRow {
  readonly object: string;
  readonly fields: Row;
}

/** One deployment of custom metadata records from Apex. */
export interface MetadataRecord {
  /** `Circa_Field_Mapping.Name`. */
  readonly fullName: string;
  readonly label: string;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** The data of one transaction. Who begins it also commits it or takes it back. */
export interface TransactionPort {
  /** The user it was begun for. */
  readonly userId: string;
  /** @throws PlatformError when the query is refused */
  query(soql: string, userId: string, options: QueryOptions): QueryAnswer;
  /**
   * One row per result, in order. Fires the object's triggers.
   * @throws PlatformError when the call is refused whole
   */
  write(request: WriteRequest, userId: string): readonly WriteResult[];
  /** Runs when the transaction stands, outside of it; a rollback drops it. */
  afterCommit(work: () => void): void;
  savepoint(): unknown;
  rollback(savepoint: unknown): void;
  /**
   * One result per event; what is queued leaves after commit, or at once if it is so defined.
   * Without `deliver` the events are only checked: tests reach no subscriber outside.
   */
  publish(
    events: readonly EventRow[],
    userId: string,
    options: { readonly deliver: boolean },
  ): readonly WriteResult[];
  /**
   * Puts a job on the schedule.
   * @returns its Id; null when the name is taken
   */
  schedule(job: ScheduledJob, userId: string): string | null;
  /** Takes a job off the schedule. */
  abort(jobId: string): void;
  /** Errors of the whole deployment; empty when the records are in place. */
  deployMetadata(records: readonly MetadataRecord[], userId: string): readonly WriteError[];
}

export interface ScheduledJob {
  readonly name: string;
  readonly cron: string;
  /** The class whose `execute` it calls. */
  readonly className: string;
}

export interface ApexPlatform {
  readonly schema: SchemaPort;
  readonly access: AccessPort;
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Text of a custom label; null when there is none.
   * @param language a user's, such as `de` or `en_US`. @default the label's own
   */
  label(name: string, language?: string): string | null;
  /** Whether the event is published after commit (or at once). */
  publishesAfterCommit(eventName: string): boolean;
  /** Runs work as one transaction: all of it stays, or none when the work throws. */
  transact<Result>(userId: string, work: (transaction: TransactionPort) => Result): Result;
}
