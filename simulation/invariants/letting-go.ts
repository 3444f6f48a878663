/**
 * I13: no link is let go without two signs. A person's doing is reason enough; that a record is gone
 * needs two signs of two kinds.
 */
import type { EventRow } from "../circa/workspace.ts";
import type { SimField } from "../fields.ts";
import type { LinkExpectations } from "../oracle/links.ts";
import { linkField, type CampaignRow } from "../salesforce/org.ts";
import type { Author, Saved } from "../salesforce/save.ts";
import type { Observer, World } from "../world.ts";
import type { Finding } from "./findings.ts";

export class LettingGoWatch implements Observer {
  readonly #world: World;
  readonly #links: LinkExpectations;
  /** Which Campaign an Event named when it was deleted. */
  readonly #named = new Map<string, string | null>();
  readonly findings: Finding[] = [];

  constructor(world: World, links: LinkExpectations) {
    this.#world = world;
    this.#links = links;
  }

  /** The Campaign no longer names an Event. */
  onCampaignSaved({ row, changed, before }: Saved, author: Author): void {
    const eventId = before.get(linkField);
    if (author === "person" || !changed.has(linkField) || typeof eventId !== "string") return;
    const { workspace, signs } = this.#world;
    const event = workspace.events.get(eventId);
    if (event === undefined) {
      // A person had taken it off this Campaign before it was deleted.
      if (this.#named.get(eventId) !== row.id) return;
      const told = [...signs.of(eventId)];
      if (told.length < 2) {
        this.#find(`${row.id} lets go of ${eventId} after one sign: ${told.join()}`);
      }
      return;
    }
    if (event.campaignId !== row.id || this.#isTouched(eventId, row.id)) return;
    this.#find(`${row.id} lets go of ${eventId}, which is there and connected to it`);
  }

  /** The Event no longer names a Campaign. */
  onEventEdited(before: EventRow, after: EventRow, author: Author): void {
    const { campaignId } = before;
    if (author === "person" || campaignId === null || campaignId === after.campaignId) return;
    const campaign = this.#world.org.campaigns.get(campaignId);
    if (campaign === undefined || campaign.deleted) return;
    if (campaign.values.get(linkField) !== after.id || this.#isTouched(after.id, campaignId))
      return;
    this.#find(`${after.id} lets go of ${campaignId}, which is there and names it`);
  }

  onCampaignBinned(_row: CampaignRow): void {
    // A person's doing.
  }

  onEventGone({ id, campaignId }: EventRow): void {
    this.#named.set(id, campaignId);
    this.#world.signs.gone(id);
  }

  onMappingChanged(_field: SimField): void {
    // Mappings move no links.
  }

  onWrite(): void {
    // The check above covers what a write changes.
  }

  #isTouched(...ids: readonly string[]): boolean {
    return ids.some((id) => this.#links.isTouched(id));
  }

  #find(text: string): void {
    this.findings.push({ invariant: "I13", text });
  }
}
