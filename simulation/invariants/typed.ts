/**
 * I12: what a person typed is overwritten by the rule of ownership alone: with a value that the
 * owning side has had, and with a blank only where a person has emptied it there since the two met,
 * or where both were blank when they did.
 */
import type { EventRow } from "../circa/workspace.ts";
import {
  fieldByCampaignName,
  fieldByKey,
  fromCampaign,
  fromCirca,
  simFields,
  type Neutral,
  type SimField,
} from "../fields.ts";
import { of, ofEvent } from "../oracle/expectations.ts";
import type { InitialSyncs } from "../oracle/initial-syncs.ts";
import { linkField, type CampaignRow } from "../salesforce/org.ts";
import type { Author, Saved } from "../salesforce/save.ts";
import type { Observer, World } from "../world.ts";
import type { Finding } from "./findings.ts";

/** Kinds that arrive as they were sent, whole or not at all. */
const exactKinds: ReadonlySet<SimField["kind"]> = new Set(["text", "number", "date"]);

interface Side {
  /** All that it has ever had. */
  readonly values: Set<Neutral>;
  /** When its field was emptied last: what was read then may arrive after it was filled again. */
  emptiedAt: number | null;
}

interface Beginning {
  readonly at: number;
  /** The newest first contact of any until then. */
  readonly contacts: number;
  /** There was one of this field, then or a moment before. */
  readonly wasKnown: boolean;
}

/** From reading both sides to a write's arrival, where either call is slow. */
const underWayMs = 60_000;

export class TypedWatch implements Observer {
  readonly #world: World;
  readonly #contacts: InitialSyncs;
  readonly #sides = new Map<string, Side>();
  /** When the link or the mapping of a field began anew, by Event and field. */
  readonly #began = new Map<string, Beginning>();
  /** When a blank that both sides had agreed on was filled on one of them, by Event and field. */
  readonly #filledAt = new Map<string, number>();
  /** Blanks that were filled while the service knew of no first contact, by Event and field. */
  readonly #filledUnmet = new Map<string, { readonly eventId: string; readonly field: SimField }>();
  /** Links that a person has moved: what was read before may be written yet. */
  #parted: { readonly campaignId: string; readonly eventId: string; readonly at: number }[] = [];
  readonly findings: Finding[] = [];

  constructor(world: World, contacts: InitialSyncs) {
    this.#world = world;
    this.#contacts = contacts;
  }

  onCampaignSaved({ row, changed, before }: Saved, author: Author): void {
    for (const name of changed) {
      const field = fieldByCampaignName.get(name);
      if (field === undefined) continue;
      const old = fromCampaign(field.kind, before.get(name));
      this.#moved(row.id, field, old, of(row, field));
    }
    if (!changed.has(linkField) || author === "integration") return;
    this.#part(row.id, before.get(linkField));
    for (const eventId of [before.get(linkField), row.values.get(linkField)]) {
      if (typeof eventId === "string") this.#begin(eventId);
    }
  }

  onCampaignBinned(row: CampaignRow): void {
    const eventId = row.values.get(linkField);
    if (typeof eventId === "string") this.#begin(eventId);
  }

  onEventEdited(before: EventRow, after: EventRow): void {
    for (const field of simFields) {
      const [old, now] = [ofEvent(before, field), ofEvent(after, field)];
      if (old !== now) this.#moved(after.id, field, old, now);
    }
    if (before.campaignId === after.campaignId) return;
    this.#part(before.campaignId, after.id);
    this.#begin(after.id);
  }

  onEventGone(event: EventRow): void {
    // What was read of it may be written yet.
    for (const field of simFields) {
      const key = `${event.id}/${field.key}`;
      if (this.#sides.has(key)) continue;
      this.#sides.set(key, { values: new Set([ofEvent(event, field)]), emptiedAt: null });
    }
  }

  onMappingChanged(field: SimField, kind: string): void {
    if (kind === "blank_rule_changed") return;
    for (const eventId of this.#world.workspace.events.keys()) this.#begin(eventId, [field]);
  }

  onStoreRestored(): void {
    for (const eventId of this.#world.workspace.events.keys()) this.#begin(eventId);
    // A store of before the mapping was switched off knows the old first contact alone.
    for (const [key, { eventId, field }] of this.#filledUnmet) {
      if (this.#contacts.isKnown(eventId, field)) {
        this.#filledAt.set(key, this.#world.timeline.now());
      }
    }
    this.#filledUnmet.clear();
  }

  onWrite({ target, id, values, before, outcome }: Parameters<Observer["onWrite"]>[0]): void {
    if (outcome === "refused" || before === null) return;
    const isCampaign = target === "campaign";
    for (const [name, raw] of Object.entries(values)) {
      const field = isCampaign ? fieldByCampaignName.get(name) : fieldByKey.get(name);
      if (field === undefined) continue;
      const read = isCampaign ? fromCampaign : fromCirca;
      const [old, value] = [read(field.kind, before.get(name)), read(field.kind, raw)];
      if (old === value || old === null) continue;
      const sources = isCampaign ? this.#eventsOf(id, values, before) : this.#campaignsOf(id);
      if (sources.length === 0) continue;
      const moved = { field, old, value };
      const text = this.#faultOf(moved, isCampaign ? sources : [id], sources);
      if (text === null) continue;
      const shown = `${JSON.stringify(old)} of ${name} of ${id}`;
      this.findings.push({ invariant: "I12", text: `${shown} is overwritten with ${text}` });
    }
  }

  #faultOf(
    { field, old, value }: Readonly<Record<"old" | "value", Neutral> & { field: SimField }>,
    eventIds: readonly string[],
    sources: readonly string[],
  ): string | null {
    if (!exactKinds.has(field.kind)) return null;
    const shown = JSON.stringify(value);
    if (!sources.some((source) => this.#sideOf(source, field).values.has(value))) {
      return `${shown}, which the other side never had`;
    }
    if (value !== null) return null;
    const wasEmptied = sources.some((source) =>
      eventIds.some((eventId) => {
        const { emptiedAt } = this.#sideOf(source, field);
        const began = this.#began.get(`${eventId}/${field.key}`);
        const filledAt = this.#filledAt.get(`${eventId}/${field.key}`) ?? -1;
        // Reverted to the blank that both sides had.
        if (filledAt >= (began?.at ?? 0)) return true;
        if (emptiedAt === null) return false;
        if (began === undefined || emptiedAt >= began.at) return true;
        // It was read before it was emptied, and what that read brought over goes again.
        const isItsOwn = this.#sideOf(source, field).values.has(old);
        if (isItsOwn && emptiedAt >= began.at - underWayMs) return true;
        // The service has not noticed the new start: the old first contact counts.
        if (!began.wasKnown || this.#contacts.metSince(eventId, field, began.contacts))
          return false;
        const isUnderWay = this.#world.timeline.now() - began.at < underWayMs;
        return isUnderWay || this.#contacts.isKnown(eventId, field);
      }),
    );
    return wasEmptied ? null : "a blank that no person has entered since the initial sync";
  }

  #moved(id: string, field: SimField, old: Neutral, now: Neutral): void {
    const key = `${id}/${field.key}`;
    const side = this.#sides.get(key) ?? { values: new Set([old]), emptiedAt: null };
    side.values.add(old).add(now);
    if (now === null) side.emptiedAt = this.#world.timeline.now();
    this.#sides.set(key, side);
    if (old === null && now !== null) this.#filled(id, field);
  }

  #filled(id: string, field: SimField): void {
    const { workspace, org, timeline } = this.#world;
    const holding = org.campaigns.get(id)?.values.get(linkField);
    const eventIds = workspace.events.has(id)
      ? [id]
      : [holding, workspace.eventOfCampaign.get(id)].filter((it) => typeof it === "string");
    for (const eventId of eventIds) {
      const key = `${eventId}/${field.key}`;
      const began = this.#began.get(key);
      const hasMet = this.#contacts.metSince(eventId, field, began?.contacts ?? 0);
      // The service has not noticed the new start yet.
      const isOld =
        began?.wasKnown === true &&
        timeline.now() - began.at < underWayMs &&
        this.#contacts.isKnown(eventId, field);
      if (!hasMet && !isOld) {
        this.#filledUnmet.set(key, { eventId, field });
        continue;
      }
      this.#filledAt.set(key, timeline.now());
    }
  }

  /** One that was never edited has had what it holds. */
  #sideOf(id: string, field: SimField): Side {
    const known = this.#sides.get(`${id}/${field.key}`);
    if (known !== undefined) return known;
    const event = this.#world.workspace.events.get(id);
    const campaign = this.#world.org.campaigns.get(id);
    const values = new Set<Neutral>();
    if (event !== undefined) values.add(ofEvent(event, field));
    if (campaign !== undefined) values.add(of(campaign, field));
    return { values, emptiedAt: null };
  }

  #begin(eventId: string, fields: readonly SimField[] = simFields): void {
    const began = { at: this.#world.timeline.now(), contacts: this.#contacts.newest() };
    for (const field of fields) {
      const key = `${eventId}/${field.key}`;
      const last = this.#began.get(key);
      // Where it ended and began anew within moments, an earlier pass may still be under way.
      const wasJustKnown = last?.wasKnown === true && began.at - last.at < underWayMs;
      const wasKnown = wasJustKnown || this.#contacts.isKnown(eventId, field);
      this.#began.set(key, { ...began, wasKnown });
    }
  }

  #eventsOf(
    campaignId: string,
    values: Readonly<Record<string, unknown>>,
    before: ReadonlyMap<string, unknown>,
  ): string[] {
    const { workspace } = this.#world;
    const claiming = workspace.eventOfCampaign.get(campaignId);
    const all = [values[linkField], before.get(linkField), claiming];
    const parted = this.#justParted().filter((it) => it.campaignId === campaignId);
    return [...all, ...parted.map(({ eventId }) => eventId)].filter((id) => typeof id === "string");
  }

  #campaignsOf(eventId: string): string[] {
    const { org, workspace } = this.#world;
    const all = [org.holders.get(eventId)?.id, workspace.events.get(eventId)?.campaignId];
    const parted = this.#justParted().filter((it) => it.eventId === eventId);
    const ids = [...all, ...parted.map(({ campaignId }) => campaignId)];
    return ids.filter((id) => typeof id === "string");
  }

  #part(campaignId: unknown, eventId: unknown): void {
    if (typeof campaignId !== "string" || typeof eventId !== "string") return;
    this.#parted.push({ campaignId, eventId, at: this.#world.timeline.now() });
  }

  #justParted() {
    const since = this.#world.timeline.now() - underWayMs;
    this.#parted = this.#parted.filter(({ at }) => at >= since);
    return this.#parted;
  }
}
