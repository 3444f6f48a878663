/**
 * What each field must hold in the end, worked out from what people did and never from what the
 * service decided: the last value that a person gave on the side that owns the field. While a
 * link or a mapping has just changed, first contact lets either side's value win: until it is
 * over, several values will do.
 */
import type { EventRow } from "../circa/workspace.ts";
import {
  fieldByCampaignName,
  fromCampaign,
  fromCirca,
  simFields,
  type Neutral,
  type SimField,
} from "../fields.ts";
import { linkField, type CampaignRow } from "../salesforce/org.ts";
import type { Author, Saved } from "../salesforce/save.ts";
import type { Observer, World } from "../world.ts";
import type { InitialSyncs } from "./initial-syncs.ts";
import { ownerOf, type Side } from "./ownership.ts";

interface FieldState {
  /** Only the last value will do. */
  exact: boolean;
  values: Set<Neutral>;
  /** All that either side was given since all was calm: an older one can still be on its way. */
  readonly given: Set<Neutral>;
  /** Something has just changed that makes first contact happen again. */
  blurred: boolean;
  /** The same once more before it had settled: nothing short of calm makes it exact. */
  changedTwice: boolean;
  /** First contacts up to this one are older than the change. */
  contactsBefore: number;
}

/** From reading both sides to a write's arrival, where either call is slow. */
const underWayMs = 60_000;

export class Expectations implements Observer {
  readonly #world: World;
  readonly #contacts: InitialSyncs;
  readonly #states = new Map<string, FieldState>();
  /** Whose each Campaign was that a person has given to another Event, and since when it is not. */
  readonly #parted = new Map<string, { readonly eventId: string; readonly at: number }>();

  constructor(world: World, contacts: InitialSyncs) {
    this.#world = world;
    this.#contacts = contacts;
  }

  /** Values of which one must be there; null: anything. */
  allowed(eventId: string, field: SimField): ReadonlySet<Neutral> | null {
    return this.#states.get(keyOf(eventId, field))?.values ?? null;
  }

  isExact(eventId: string, field: SimField): boolean {
    return this.#states.get(keyOf(eventId, field))?.exact === true;
  }

  /**
   * A blank of the owning side may stand beside the other side's value. What was entered there and
   * emptied again before a read has left no trace.
   */
  mayHoldBlank(eventId: string, field: SimField): boolean {
    return this.#contacts.holdsBlank(eventId, field);
  }

  /** All is calm and checked: what is there now is what has to stay. */
  settle(): void {
    this.#states.clear();
    for (const event of this.#world.workspace.events.values()) {
      for (const field of simFields) this.#settleField(event, field);
    }
  }

  #settleField(event: EventRow, field: SimField): void {
    const { org } = this.#world;
    const holder = org.holders.get(event.id);
    const mapping = org.mappings.get(field.key);
    const together = (holder?.id ?? null) === event.campaignId;
    const met = mapping?.active !== true || this.#contacts.metSince(event.id, field, 0);
    // A link or a first contact that a problem holds back is still to come.
    if (!together || (holder !== undefined && !met)) {
      this.#blur(event.id, field);
      return;
    }
    const isCircas = mapping !== undefined && ownerOf(mapping.direction) === "circa";
    const value = isCircas || holder === undefined ? ofEvent(event, field) : of(holder, field);
    const values = new Set([value]);
    const state = {
      exact: true,
      values,
      given: new Set(values),
      blurred: false,
      changedTwice: false,
      contactsBefore: 0,
    };
    this.#states.set(keyOf(event.id, field), state);
  }

  onCampaignSaved({ row, changed, automated, before }: Saved, author: Author): void {
    if (author === "person" && changed.has(linkField)) {
      const old = before.get(linkField);
      if (typeof old === "string") {
        this.#blurEvent(old);
        this.#parted.set(row.id, { eventId: old, at: this.#world.timeline.now() });
      }
      for (const eventId of this.#eventsOf(row)) this.#blurEvent(eventId);
    }
    for (const name of changed) {
      const field = fieldByCampaignName.get(name);
      if (field === undefined) continue;
      if (author === "integration" && !automated.has(name)) {
        this.#writtenForHolder(row, field);
        continue;
      }
      for (const eventId of this.#eventsOf(row)) {
        this.#given(eventId, field, "salesforce", of(row, field));
      }
    }
  }

  onCampaignBinned(row: CampaignRow): void {
    for (const eventId of this.#eventsOf(row)) this.#blurEvent(eventId);
  }

  onEventEdited(before: EventRow, after: EventRow, author: Author): void {
    if (before.campaignId !== after.campaignId) this.#blurEvent(after.id);
    if (author === "integration") return;
    for (const field of simFields) {
      const value = ofEvent(after, field);
      if (value !== ofEvent(before, field)) this.#given(after.id, field, "circa", value);
    }
  }

  onEventGone({ id }: EventRow): void {
    for (const field of simFields) this.#states.delete(keyOf(id, field));
  }

  onMappingChanged(field: SimField, kind: string): void {
    if (kind === "blank_rule_changed") return;
    for (const eventId of this.#world.workspace.events.keys()) this.#blur(eventId, field);
  }

  /** Which first contacts there were is not known any more. */
  onStoreRestored(): void {
    for (const eventId of this.#world.workspace.events.keys()) this.#blurEvent(eventId);
  }

  onWrite(): void {
    // What the service writes is what is judged, not what it is judged by.
  }

  #given(eventId: string, field: SimField, side: Side, value: Neutral): void {
    const mapping = this.#world.org.mappings.get(field.key);
    const state = this.#stateOf(eventId, field);
    state.given.add(value);
    const owned = mapping?.active === true && ownerOf(mapping.direction) === side;
    if (!state.exact) {
      state.values.add(value);
      if (!owned || state.changedTwice) return;
      if (!this.#contacts.metSince(eventId, field, state.contactsBefore)) return;
      state.exact = true;
      state.blurred = false;
    }
    if (owned || mapping?.active !== true) state.values = new Set([value]);
  }

  /** It was another Event's; the one that has the Campaign next finds it there at first contact. */
  #writtenForHolder(row: CampaignRow, field: SimField): void {
    const value = of(row, field);
    for (const eventId of this.#eventsOf(row)) {
      const isHolder = eventId === row.values.get(linkField);
      if (isHolder && !this.#isOfBefore(row, field, value)) continue;
      const state = this.#stateOf(eventId, field);
      if (!state.exact) state.values.add(value);
    }
  }

  /** A write for the Event that the Campaign was taken from was under way. */
  #isOfBefore({ id }: CampaignRow, field: SimField, value: Neutral): boolean {
    const { timeline, workspace } = this.#world;
    const parted = this.#parted.get(id);
    if (parted === undefined || timeline.now() - parted.at > underWayMs) return false;
    const event = workspace.events.get(parted.eventId);
    return event !== undefined && ofEvent(event, field) === value;
  }

  #blurEvent(eventId: string): void {
    for (const field of simFields) this.#blur(eventId, field);
  }

  #blur(eventId: string, field: SimField): void {
    const { workspace, org } = this.#world;
    const state = this.#stateOf(eventId, field);
    const event = workspace.events.get(eventId);
    state.changedTwice = state.blurred;
    state.blurred = true;
    state.exact = false;
    state.contactsBefore = this.#contacts.newest();
    if (event === undefined) return;
    for (const value of state.given) state.values.add(value);
    state.values.add(ofEvent(event, field));
    const named = event.campaignId === null ? undefined : org.campaigns.get(event.campaignId);
    for (const row of [named, org.holders.get(eventId)]) {
      if (row !== undefined) state.values.add(of(row, field));
    }
  }

  #stateOf(eventId: string, field: SimField): FieldState {
    const key = keyOf(eventId, field);
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const event = this.#world.workspace.events.get(eventId);
    const values = new Set(event === undefined ? [] : [ofEvent(event, field)]);
    const state = {
      exact: false,
      values,
      given: new Set(values),
      blurred: false,
      changedTwice: false,
      contactsBefore: 0,
    };
    this.#states.set(key, state);
    return state;
  }

  /** The Events that either side connects with this Campaign. */
  #eventsOf(row: CampaignRow): Set<string> {
    const named = row.values.get(linkField);
    const claiming = this.#world.workspace.eventOfCampaign.get(row.id);
    return new Set([named, claiming].filter((it) => typeof it === "string"));
  }
}

const keyOf = (eventId: string, { key }: SimField) => `${eventId}/${key}`;

export function ofEvent(event: EventRow, { key, kind }: SimField): Neutral {
  return fromCirca(kind, event.values.get(key));
}

export function of(row: CampaignRow, { campaign, kind }: SimField): Neutral {
  return fromCampaign(kind, row.values.get(campaign));
}
