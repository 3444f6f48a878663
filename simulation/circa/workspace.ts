/** Events and fields of a Circa workspace, as far as the sync sees them. */
import type { EventAnswer } from "../../middleware/systems/circa/client.ts";
import { eventSchema } from "../../middleware/systems/circa/schemas.ts";
import {
  eventWebhookTypes,
  fieldWebhookTypes,
} from "../../middleware/systems/circa/webhook-shape.ts";
import { simFields, unmapped, type Direction } from "../fields.ts";

export interface EventRow {
  readonly id: string;
  readonly values: ReadonlyMap<string, unknown>;
  readonly campaignId: string | null;
  readonly version: number;
  /** Milliseconds; Circa shows whole seconds. */
  readonly updatedAt: number;
}

export interface FieldSync {
  readonly direction: Direction;
  readonly campaignField: string;
  readonly options: readonly { readonly value: string; readonly label: string }[] | null;
}

export interface FieldRow {
  readonly key: string;
  readonly id: string;
  readonly custom: boolean;
  readonly type: string;
  readonly required: boolean;
  options: readonly string[];
  sync: FieldSync | null;
}

/** How far a replica lags behind (anarlog PR 7222: 2.5 s). */
const staleMs = 2_500;

const circaTypes = {
  text: "TEXT",
  number: "NUMBER",
  checkbox: "CHECKBOX",
  date: "DATE",
  choice: "SELECT",
  choices: "MULTISELECT",
} as const;

export class Workspace {
  readonly events = new Map<string, EventRow>();
  readonly eventOfCampaign = new Map<string, string>();
  readonly fields = new Map<string, FieldRow>();
  /** Which service keeps the workspace in sync, as it has said itself. */
  claim: unknown = null;
  /** The webhook endpoints that Circa lists. */
  readonly endpoints: unknown[] = [
    {
      id: "endpoint-1",
      url: "https://sync.example/webhooks/circa/default",
      types: [...eventWebhookTypes, ...fieldWebhookTypes],
      enabled: true,
    },
  ];
  readonly #before = new Map<string, { readonly row: EventRow | null; readonly untilMs: number }>();
  #answers = new WeakMap<EventRow, EventAnswer>();
  #texts = new WeakMap<EventRow, string>();
  readonly #hidden = new Set<string>();
  /** Events as they were at the last backup. */
  backup: readonly EventRow[] = [];
  #ids = 0;

  constructor() {
    for (const { key, id, custom, kind, required } of simFields) {
      const type = circaTypes[kind];
      this.fields.set(key, { key, id, custom, type, required, options: [], sync: null });
    }
    this.fields.set(unmapped.circa, {
      key: unmapped.circa,
      id: unmapped.circa,
      custom: true,
      type: "TEXT",
      required: false,
      options: [],
      sync: null,
    });
  }

  isHidden(key: string): boolean {
    return this.#hidden.has(key);
  }

  /** A field is deleted: the catalogue and the Events show it no more, and keep what it held. */
  hide(key: string): void {
    this.#hidden.add(key);
    this.#forgetBodies();
  }

  show(key: string): void {
    this.#hidden.delete(key);
    this.#forgetBodies();
  }

  #forgetBodies(): void {
    this.#answers = new WeakMap();
    this.#texts = new WeakMap();
  }

  /** Those that are not hidden. */
  field(key: string): FieldRow | undefined {
    return this.#hidden.has(key) ? undefined : this.fields.get(key);
  }

  newId(): string {
    this.#ids += 1;
    return `RXZlbnQt${this.#ids}`;
  }

  /** @param nowMs when it became visible, where that is not when it says it changed */
  put(row: EventRow, nowMs = row.updatedAt): void {
    const before = this.events.get(row.id);
    this.#before.set(row.id, { row: before ?? null, untilMs: nowMs + staleMs });
    if (before?.campaignId != null) this.eventOfCampaign.delete(before.campaignId);
    if (row.campaignId !== null) this.eventOfCampaign.set(row.campaignId, row.id);
    this.events.set(row.id, row);
  }

  /** What a replica that lags behind still shows; undefined where it shows the truth. */
  staleRow(eventId: string, nowMs: number): EventRow | null | undefined {
    const before = this.#before.get(eventId);
    return before === undefined || nowMs >= before.untilMs ? undefined : before.row;
  }

  delete(row: EventRow, nowMs: number): void {
    this.#before.set(row.id, { row, untilMs: nowMs + staleMs });
    if (row.campaignId !== null) this.eventOfCampaign.delete(row.campaignId);
    this.events.delete(row.id);
  }

  /** The Event as the API sends it. */
  textOf(row: EventRow): string {
    const known = this.#texts.get(row);
    if (known !== undefined) return known;
    const text = JSON.stringify(this.answerOf(row).body);
    this.#texts.set(row, text);
    return text;
  }

  /** The Event as the API gives it, through the service's own reader. */
  answerOf(row: EventRow): EventAnswer {
    const known = this.#answers.get(row);
    if (known !== undefined) return known;
    const standard: Record<string, unknown> = {};
    const custom: Record<string, unknown> = {};
    for (const [key, value] of row.values) {
      if (!this.#hidden.has(key)) (key.startsWith("cf_") ? custom : standard)[key] = value;
    }
    const body = {
      id: row.id,
      ...standard,
      time_zone: "Europe/Berlin",
      salesforce_campaign_id: row.campaignId,
      version: row.version,
      updated_at: `${new Date(row.updatedAt).toISOString().slice(0, 19)}Z`,
      custom_fields: custom,
    };
    const answer = { event: eventSchema.parse(body), body };
    this.#answers.set(row, answer);
    return answer;
  }
}
