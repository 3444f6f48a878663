/** I5, I9: every write changes something, and touches nothing outside the mapping. */
import type { EventRow } from "../circa/workspace.ts";
import { fieldByCampaignName, fieldByKey, type Direction, type SimField } from "../fields.ts";
import type { Expectations } from "../oracle/expectations.ts";
import { linkField, statusFieldNames } from "../salesforce/org.ts";
import type { Author, Saved } from "../salesforce/save.ts";
import type { Observer, World } from "../world.ts";
import type { Finding } from "./findings.ts";
import type { WrittenField } from "./records.ts";

/** Two people can have meant the same: a write that comes after its like is no fault. */
const raceMs = 180_000;
/**
 * A write of many Campaigns goes out under no condition, so that what a person enters between the
 * read and the write is overwritten. The service reads again after 2 s; either call may be slow.
 */
const unseenMs = 30_000;

export class WriteWatch implements Observer {
  readonly #world: World;
  readonly #expectations: Expectations;
  /** Directions that were in force since all was calm, beside those that are now. */
  readonly #before = new Set<string>();
  readonly #editedAt = new Map<string, number>();
  /** Events whose versions count what they had counted before, since Circa was restored. */
  readonly #countedTwice = new Set<string>();
  #storeRestoredAt = -Infinity;
  /** When a person has filled a Campaign's blank field, by both. */
  readonly #filledAt = new Map<string, number>();
  /** When a field was deleted in Circa, or came back, by its key. */
  readonly #hiddenAt = new Map<string, number>();
  readonly findings: Finding[] = [];
  /** By record: values that were refused since all was calm, and whether an empty write asked why. */
  readonly #refused = new Map<string, { readonly values: Set<string>; isNew: boolean }>();
  /** Fields that were changed since all was calm. */
  written: WrittenField[] = [];
  edits = 0;

  constructor(world: World, expectations: Expectations) {
    this.#world = world;
    this.#expectations = expectations;
  }

  settle(): void {
    this.#before.clear();
    this.#refused.clear();
    this.written = [];
  }

  onCampaignSaved({ row, changed, automated, before }: Saved, author: Author): void {
    for (const name of changed) {
      const isFilled = isBlank(before.get(name)) && !isBlank(row.values.get(name));
      if (isFilled) this.#filledAt.set(`${row.id}/${name}`, this.#world.timeline.now());
    }
    if (author === "integration" && automated.size === 0) return;
    if (changed.size === 0) return;
    this.edits += 1;
    this.#editedAt.set(row.id, this.#world.timeline.now());
  }

  onCampaignBinned({ id }: { readonly id: string }): void {
    this.#editedAt.set(id, this.#world.timeline.now());
  }

  onEventEdited(before: EventRow, { id, version }: EventRow, author: Author): void {
    if (author === "integration") return;
    if (version < before.version) this.#countedTwice.add(id);
    this.edits += 1;
    this.#editedAt.set(id, this.#world.timeline.now());
  }

  onEventGone(): void {
    // There is nothing left to write to.
  }

  /** Refused values are not remembered. */
  onStoreRestored(): void {
    this.#refused.clear();
    this.#storeRestoredAt = this.#world.timeline.now();
  }

  onMappingChanged({ key }: SimField, kind: string): void {
    if (kind === "field_hidden") this.#hiddenAt.set(key, this.#world.timeline.now());
    if (kind === "blank_rule_changed" || kind === "field_hidden") return;
    for (const direction of ["to_salesforce", "from_salesforce"] as const) {
      this.#before.add(`${key}:${direction}`);
    }
  }

  onWrite({ target, id, values, before, outcome }: Parameters<Observer["onWrite"]>[0]): void {
    const names = Object.keys(values);
    for (const name of names) {
      const old = before?.get(name) ?? null;
      const text =
        target === "campaign"
          ? this.#campaignFault(id, name, old)
          : this.#eventFault(id, name, old);
      if (text !== null) this.findings.push({ invariant: "I9", text: `${text} (${id})` });
    }
    if (outcome === "refused") {
      this.#noteRefused(id, values);
      return;
    }
    this.#world.ledger.wrote(this.#world.timeline.now());
    const changed = names.filter(
      (name) => JSON.stringify(before?.get(name) ?? null) !== JSON.stringify(values[name] ?? null),
    );
    for (const name of changed) {
      const field = target === "campaign" ? fieldByCampaignName.get(name) : fieldByKey.get(name);
      if (field === undefined) continue;
      this.written.push({ target, id, fieldKey: field.key, value: values[name] });
    }
    const changes = changed.some((name) => name !== "Circa_Last_Synced__c");
    const editedAt = this.#editedAt.get(id) ?? 0;
    if (changes || this.#world.timeline.now() - editedAt < raceMs) return;
    if (names.length === 0 && this.#isAsked(id)) return;
    // Both were restored: the version that the store has kept is that of another state by now.
    const isOfBefore = this.#world.timeline.now() - this.#storeRestoredAt < raceMs;
    if (isOfBefore && this.#countedTwice.has(id)) return;
    // An Event lacks a field that is deleted just now: its value is unknown.
    const { workspace, timeline } = this.#world;
    const wasHidden = (name: string) =>
      workspace.isHidden(name) || timeline.now() - (this.#hiddenAt.get(name) ?? -Infinity) < raceMs;
    if (target === "event" && names.some(wasHidden)) return;
    const text = `a write to ${id} changes nothing: ${JSON.stringify(values)}`;
    this.findings.push({ invariant: "I5", text });
  }

  #noteRefused(id: string, values: Readonly<Record<string, unknown>>): void {
    const own = Object.entries(values).filter(([name]) => !statusFieldNames.includes(name));
    const refused = this.#refused.get(id) ?? { values: new Set(), isNew: false };
    const size = refused.values.size;
    refused.values.add(JSON.stringify(own));
    if (refused.values.size > size) refused.isNew = true;
    this.#refused.set(id, refused);
  }

  /** Once after a new refusal an empty write may ask whether the record takes any. */
  #isAsked(id: string): boolean {
    const refused = this.#refused.get(id);
    if (refused?.isNew !== true) return false;
    refused.isNew = false;
    return true;
  }

  #campaignFault(id: string, name: string, old: unknown): string | null {
    if (name === linkField || statusFieldNames.includes(name)) return null;
    const field = fieldByCampaignName.get(name);
    if (field !== undefined && this.#isMapped(field, "to_salesforce")) return null;
    if (field !== undefined && this.#isMapped(field, "from_salesforce")) {
      // The initial sync fills what is blank with the Event's value.
      const { org, workspace } = this.#world;
      const named = org.campaigns.get(id)?.values.get(linkField);
      const claiming = workspace.eventOfCampaign.get(id);
      const eventIds = [named, claiming].filter((it) => typeof it === "string");
      const exact = eventIds.every((eventId) => this.#expectations.isExact(eventId, field));
      const filledAt = this.#filledAt.get(`${id}/${name}`) ?? -Infinity;
      const wasBlank = isBlank(old) || this.#world.timeline.now() - filledAt < unseenMs;
      if (wasBlank && !exact) return null;
    }
    return `${name} is written, which is not mapped TO Salesforce`;
  }

  #eventFault(eventId: string, key: string, old: unknown): string | null {
    const field = fieldByKey.get(key);
    if (field === undefined) return `${key} is written, which is not mapped`;
    if (this.#isMapped(field, "from_salesforce")) return null;
    const isPicklist = field.kind === "choice" || field.kind === "choices";
    if (this.#isMapped(field, "to_salesforce") && (isPicklist || isBlank(old))) {
      // First contact is the one time at which Salesforce's value counts, or fills a blank.
      if (!this.#expectations.isExact(eventId, field)) return null;
      return `${key} is overwritten in Circa, which owns it`;
    }
    return `${key} is written, which is not mapped FROM Salesforce`;
  }

  #isMapped({ key }: SimField, direction: Direction): boolean {
    const mapping = this.#world.org.mappings.get(key);
    if (mapping?.active === true && mapping.direction === direction) return true;
    return this.#before.has(`${key}:${direction}`);
  }
}

function isBlank(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
