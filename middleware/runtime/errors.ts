import { ZodError } from "zod";
import { redact } from "./secrets.ts";

/**
 * One family of errors. What a caller may do next is in `kind`, so that no caller reads texts:
 *
 * | kind            | next step                                                    |
 * | --------------- | ------------------------------------------------------------ |
 * | `retry`         | the same call may go through later                           |
 * | `limit`         | wait at least `retryAfterMs`, then the same call             |
 * | `held`          | no call was made: its system is down or asks for a delay     |
 * | `sign_in`       | a new access token is needed                                 |
 * | `conflict`      | the record moved on: read it again, then decide again        |
 * | `not_found`     | the record is gone                                           |
 * | `rejected`      | the values are refused: a person has to change something     |
 * | `configuration` | an admin has to change something; a retry alone won't help   |
 */
export const errorKinds = [
  "retry",
  "limit",
  "held",
  "sign_in",
  "conflict",
  "not_found",
  "rejected",
  "configuration",
] as const;
export type ErrorKind = (typeof errorKinds)[number];

export type SystemName = "salesforce" | "circa";

/** One message of a system about one or more fields. */
export interface FieldRefusal {
  /** The system's own code, e.g. `STRING_TOO_LONG`. */
  readonly code: string;
  readonly message: string;
  /** Names of the fields it is about; empty when the system named none. */
  readonly fields: readonly string[];
}

/** Kinds that pass by themselves, without a change by a person. */
export const passingKinds: ReadonlySet<ErrorKind> = new Set(["retry", "limit", "held", "sign_in"]);

/** A call to Salesforce or Circa that did not do what was asked. */
export class SystemError extends Error {
  override readonly name = "SystemError";
  readonly system: SystemName;
  readonly kind: ErrorKind;
  /** HTTP status; null when no answer arrived. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly refusals: readonly FieldRefusal[];
  /**
   * The system as a whole is down or asks for a delay, for every call. Its circuit paces what comes
   * next, so a back-off of the caller's own would only keep it asleep after the recovery.
   */
  readonly systemWide: boolean;
  /**
   * Counts towards the circuit: failures in a row like this one say that the system is of no use.
   * Where it may be this call's alone it is not system-wide, and its link backs off by itself.
   */
  readonly counted: boolean;
  /** The system's address may be another one by now: the next sign-in tells. */
  readonly signInAnew: boolean;

  constructor(
    system: SystemName,
    kind: ErrorKind,
    message: string,
    details: {
      status?: number;
      retryAfterMs?: number;
      refusals?: readonly FieldRefusal[];
      systemWide?: boolean;
      /** @default as `systemWide` */
      counted?: boolean;
      signInAnew?: boolean;
      cause?: unknown;
    } = {},
  ) {
    // The other side's words may repeat what was sent to it.
    super(redact(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.system = system;
    this.kind = kind;
    this.status = details.status ?? null;
    this.retryAfterMs =
      details.retryAfterMs === undefined ? null : boundedPauseMs(details.retryAfterMs);
    this.refusals = details.refusals?.map((it) => ({ ...it, message: redact(it.message) })) ?? [];
    this.systemWide = details.systemWide ?? false;
    this.counted = details.counted ?? this.systemWide;
    this.signInAnew = details.signInAnew ?? false;
  }

  /** The same, once failures in a row have shown that it is not this call's alone. */
  ofSystem(): SystemError {
    const { status, retryAfterMs, refusals, signInAnew } = this;
    return new SystemError(this.system, this.kind, this.message, {
      refusals,
      signInAnew,
      systemWide: true,
      cause: this,
      ...(status === null ? {} : { status }),
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
}

/** No other side may send us away for longer: one call each quarter of an hour does no harm. */
export const maxPauseMs = 15 * 60_000;

/** A pause that another side asks for, within what a pause can be. */
export function boundedPauseMs(pauseMs: number): number {
  return Number.isNaN(pauseMs) ? 0 : Math.min(Math.max(0, pauseMs), maxPauseMs);
}

/** The other side failed over what it was asked: one record may make it fail, and no other. */
export function mayBeOneRecords({ status, systemWide }: SystemError): boolean {
  return status === 500 && !systemWide;
}

export function isSystemWide(error: unknown): error is SystemError {
  return error instanceof SystemError && error.systemWide;
}

/** The system that is away as a whole, where that is what went wrong. */
export function awaySystem(error: unknown): SystemName | undefined {
  return isSystemWide(error) ? error.system : undefined;
}

/** The process can't start as it is configured. The message lists everything that is wrong. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/** Any thrown thing as one line for a log or a page. */
export function describeError(error: unknown): string {
  // A schema's own findings are JSON, not for people to read.
  if (error instanceof ZodError) return `an answer of another shape: ${firstFault(error)}`;
  if (error instanceof Error) return redact(error.message);
  return typeof error === "string" ? redact(error) : "unknown error";
}

function firstFault({ issues: [first] }: ZodError): string {
  if (first === undefined) return "unknown";
  const path = first.path.map(String).join(".");
  return path === "" ? first.message : `${path}: ${first.message}`;
}
