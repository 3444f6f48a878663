/** I4: per record and field, an older value never follows a newer one. */
import type { EventRow } from "../circa/workspace.ts";
import {
  fieldByCampaignName,
  fieldByKey,
  fromCampaign,
  fromCirca,
  type Neutral,
  type SimField,
} from "../fields.ts";
import { of, ofEvent, type Expectations } from "../oracle/expectations.ts";
import { linkField } from "../salesforce/org.ts";
import type { Author, Saved } from "../salesforce/save.ts";
import type { Observer, World } from "../world.ts";
import type { Finding } from "./findings.ts";

/** Kinds in which people hardly ever enter the same value twice. */
const distinct: ReadonlySet<SimField["kind"]> = new Set(["text", "number"]);

export class OrderWatch implements Observer {
  readonly #world: World;
  readonly #expectations: Expectations;
  /** By Event and field: what people entered on the owning side, and how far it has been written. */
  readonly #given = new Map<string, { readonly values: Neutral[]; reached: number }>();
  readonly findings: Finding[] = [];

  constructor(world: World, expectations: Expectations) {
    this.#world = world;
    this.#expectations = expectations;
  }

  settle(): void {
    this.#given.clear();
  }

  onCampaignSaved({ row, changed }: Saved): void {
    const eventId = row.values.get(linkField);
    if (typeof eventId !== "string") return;
    // With the integration as author it is a flow that changes what Salesforce owns.
    for (const name of changed) {
      const field = fieldByCampaignName.get(name);
      if (field !== undefined) this.#enter(eventId, field, "from_salesforce", of(row, field));
    }
  }

  onEventEdited(before: EventRow, after: EventRow, author: Author): void {
    if (author === "integration") return;
    // Circa is restored: earlier notifications may come late, and can't be told from news.
    if (after.version < before.version) this.#forget((place) => place.startsWith(`${after.id}/`));
    for (const field of fieldByKey.values()) {
      const value = ofEvent(after, field);
      if (value !== ofEvent(before, field)) this.#enter(after.id, field, "to_salesforce", value);
    }
  }

  onWrite({ target, id, values, outcome }: Parameters<Observer["onWrite"]>[0]): void {
    if (outcome === "refused") return;
    const holder = target === "campaign" ? this.#world.org.campaigns.get(id) : undefined;
    const eventId = target === "event" ? id : holder?.values.get(linkField);
    if (typeof eventId !== "string") return;
    for (const [name, raw] of Object.entries(values)) {
      const field = target === "campaign" ? fieldByCampaignName.get(name) : fieldByKey.get(name);
      if (field === undefined) continue;
      const value =
        target === "campaign" ? fromCampaign(field.kind, raw) : fromCirca(field.kind, raw);
      this.#write(eventId, field, value);
    }
  }

  onCampaignBinned(): void {
    // What becomes of the link is judged elsewhere.
  }

  onEventGone(): void {
    // Nothing more is written to it.
  }

  onMappingChanged({ key }: SimField): void {
    this.#forget((place) => place.endsWith(`/${key}`));
  }

  #forget(isOf: (place: string) => boolean): void {
    for (const place of this.#given.keys()) if (isOf(place)) this.#given.delete(place);
  }

  #enter(eventId: string, field: SimField, direction: string, value: Neutral): void {
    if (!distinct.has(field.kind) || value === null) return;
    if (this.#world.org.mappings.get(field.key)?.direction !== direction) return;
    const place = `${eventId}/${field.key}`;
    const known = this.#given.get(place) ?? { values: [], reached: -1 };
    known.values.push(value);
    this.#given.set(place, known);
  }

  #write(eventId: string, field: SimField, value: Neutral): void {
    const known = this.#given.get(`${eventId}/${field.key}`);
    const at = known?.values.lastIndexOf(value) ?? -1;
    if (known === undefined || at === -1) return;
    if (at < known.reached && this.#expectations.isExact(eventId, field)) {
      const newer = JSON.stringify(known.values[known.reached]);
      const text = `${field.key} of ${eventId}: ${JSON.stringify(value)} is written after the newer ${newer}`;
      this.findings.push({ invariant: "I4", text });
    }
    known.reached = Math.max(known.reached, at);
  }
}
