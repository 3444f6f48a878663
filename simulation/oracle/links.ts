/** Whom each Event must be connected to in the end, where only one person had a say. */
import type { EventRow } from "../circa/workspace.ts";
import { linkField, type CampaignRow } from "../salesforce/org.ts";
import type { Author, Saved } from "../salesforce/save.ts";
import type { Observer, World } from "../world.ts";

export class LinkExpectations implements Observer {
  readonly #world: World;
  /** undefined: anything that both sides agree on. */
  readonly #expected = new Map<string, string | null | undefined>();
  /** Campaigns that a person alone chose in Circa and that their Events can't have. */
  readonly #claims = new Map<string, string>();
  readonly #permuted = new Map<string, string>();
  #permutes = false;
  /** Campaigns and Events whose link a person has touched since all was calm. */
  readonly #touched = new Set<string>();
  /** Links that were made since its backup are new to the store: who parts them is not known. */
  #storeIsNew = false;

  constructor(world: World) {
    this.#world = world;
  }

  expected(eventId: string): string | null | undefined {
    return this.#expected.get(eventId);
  }

  /** The Campaign that the Event must go on claiming until a person makes another choice. */
  claim(eventId: string): string | undefined {
    return this.#claims.get(eventId);
  }

  /** A person has moved it since all was calm. */
  isTouched(id: string): boolean {
    return this.#touched.has(id);
  }

  /** By one person, and by no other since: only refused writes excuse another. */
  permuted(eventId: string): string | undefined {
    return this.#permuted.get(eventId);
  }

  onPermutation(ids: readonly string[], wanted: ReadonlyMap<string, string> | null): void {
    if (wanted === null) {
      const isCertain = (id: string) => !this.#touched.has(id) && !this.#storeIsNew;
      const known = ids.every((id) => !this.#expected.has(id) || this.#expected.get(id) != null);
      this.#permutes = known && ids.every(isCertain);
      return;
    }
    if (!this.#permutes) return;
    for (const [eventId, campaignId] of wanted) {
      this.#expected.set(eventId, campaignId);
      this.#permuted.set(eventId, campaignId);
    }
  }

  onStoreRestored(): void {
    // Who had moved last is not known any more where both sides were moved or one is under way.
    for (const id of this.#touched) this.#leaveOpen(id);
    this.#storeIsNew = true;
  }

  settle(): void {
    this.#touched.clear();
    this.#storeIsNew = false;
    this.#permuted.clear();
    this.#expected.clear();
    for (const { id, campaignId } of this.#world.workspace.events.values()) {
      const baseline = this.#world.org.holders.get(id)?.id ?? null;
      this.#expected.set(id, baseline === campaignId ? baseline : undefined);
      if (baseline === campaignId) this.#claims.delete(id);
    }
  }

  onCampaignSaved({ row, changed, before }: Saved, author: Author): void {
    if (author === "integration" || !changed.has(linkField)) return;
    const old = before.get(linkField);
    const now = row.values.get(linkField);
    if (typeof old === "string") this.#move(old, null, [row.id]);
    if (typeof now === "string") this.#move(now, row.id, [row.id]);
  }

  onCampaignBinned(row: CampaignRow, deleted: boolean): void {
    const eventId = row.values.get(linkField);
    if (typeof eventId === "string") this.#move(eventId, deleted ? null : row.id, [row.id]);
    const claiming = this.#world.workspace.eventOfCampaign.get(row.id);
    if (claiming !== undefined && claiming !== eventId) this.#leaveOpen(claiming);
  }

  onEventEdited(before: EventRow, after: EventRow, author: Author): void {
    if (author === "integration" || before.campaignId === after.campaignId) return;
    const partners = [before.campaignId, after.campaignId].filter((id) => id !== null);
    this.#move(after.id, after.campaignId, partners);
  }

  onEventGone({ id, campaignId }: EventRow): void {
    this.#expected.delete(id);
    this.#claims.delete(id);
    this.#permuted.delete(id);
    this.#touched.add(id);
    if (campaignId !== null) this.#touched.add(campaignId);
  }

  onMappingChanged(): void {
    // Mappings move no links.
  }

  onWrite(): void {
    // What the service writes is judged elsewhere.
  }

  #move(eventId: string, campaignId: string | null, partners: readonly string[]): void {
    const { org } = this.#world;
    const ids = [eventId, ...partners];
    // A link that a problem had held back may come about by this very move.
    const wasCertain = !this.#expected.has(eventId) || this.#expected.get(eventId) !== undefined;
    const isKnown = wasCertain && !this.#storeIsNew;
    const alone = isKnown && !ids.some((id) => this.#touched.has(id));
    for (const id of ids) this.#touched.add(id);
    const named = campaignId === null ? undefined : org.campaigns.get(campaignId);
    const holds = named?.values.get(linkField);
    const free = holds == null || holds === eventId;
    const exists = this.#world.workspace.events.has(eventId);
    const canHave = free && named?.deleted !== true;
    this.#leaveOpen(eventId);
    if (alone && exists) {
      if (canHave) this.#expected.set(eventId, campaignId);
      else if (campaignId !== null) this.#claims.set(eventId, campaignId);
    }
    // A Campaign that was another Event's has two who claim it now.
    for (const id of partners) {
      const claiming = this.#world.workspace.eventOfCampaign.get(id);
      if (claiming !== undefined && claiming !== eventId) this.#leaveOpen(claiming);
      const held = org.campaigns.get(id)?.values.get(linkField);
      if (typeof held === "string" && held !== eventId) this.#leaveOpen(held);
    }
  }

  #leaveOpen(eventId: string): void {
    this.#expected.set(eventId, undefined);
    this.#permuted.delete(eventId);
    this.#claims.delete(eventId);
  }
}
