/** What the bench's own process asks the process of both systems to do, and the answers. */
import type { BothSystems } from "../../support/middleware-settings.ts";

export type Side = "circa" | "salesforce";

export interface WorldAddresses {
  readonly salesforceUrl: string;
  readonly signIn: BothSystems["salesforce"]["integration"];
  readonly accessToken: string;
  readonly circaApi: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** Circa's key of the field that comes from Salesforce's `Sponsorship_Fee__c`. */
  readonly feeKey: string;
}

export interface Delays {
  /** Of every Salesforce call, and on top for each record of a write, in milliseconds. */
  readonly salesforceMs: number;
  readonly perRecordMs: number;
  /** Of every Circa call, in milliseconds. */
  readonly circaMs: number;
}

export interface EditsOrder {
  /** Where people edit. */
  readonly side: Side;
  readonly perSecond: number;
  readonly edits: number;
  /** How long the last edit may take, in milliseconds. */
  readonly deadlineMs: number;
  /** Salesforce answers 503 from the first edit on, for so long. @default 0 */
  readonly outageMs?: number;
}

/** Milliseconds of each that came, in the order of the edits. */
export interface EditsOutcome {
  /** From the edit to its value on the other side. */
  readonly arrivedMs: readonly number[];
  /** From the first byte of each webhook to the end of its answer; only of those taken. */
  readonly acknowledgedMs: readonly number[];
  /** Answers to webhooks other than 2xx, and webhooks without an answer. */
  readonly refused: number;
  /** Edits whose value is not there at the deadline. */
  readonly lost: number;
  /** From the first edit to the last arrival. */
  readonly tookMs: number;
  readonly salesforceCalls: number;
  readonly circaCalls: number;
}

export interface WorldCommands {
  start(links: number): Promise<WorldAddresses>;
  /** Where Circa's webhooks go from now on. */
  deliverTo(url: string): Promise<void>;
  delay(delays: Delays): Promise<void>;
  edit(order: EditsOrder): Promise<EditsOutcome>;
}

export interface WorldRequest {
  readonly id: number;
  readonly command: keyof WorldCommands;
  readonly argument: unknown;
}

export interface WorldReply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}
