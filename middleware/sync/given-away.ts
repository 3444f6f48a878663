/**
 * Campaigns that were given to another Event since they were read. A link is read by one pass and
 * written by it later; meanwhile another pass, here or in another process, may have given the
 * Campaign away, and what the first one writes would undo that with nobody left to notice.
 */
import { SystemError } from "../errors.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";
import type { LinkWork } from "./link-work.ts";

export interface LinkWrite {
  readonly work: LinkWork;
  readonly campaignId: string;
  /** Lets go of the Event, or names it; null where the link stays as it is. */
  readonly isLink: "connect" | "release" | null;
  /** None, once Salesforce has taken them. */
  readonly linkValues: Readonly<Record<string, unknown>>;
}

/** `let_go`: nothing is left to let go of. A conflict: read again, then decide again. */
export type GivenAway = "let_go" | SystemError;

/**
 * To be asked while nobody else writes to these Campaigns; asks nothing where no link moves.
 * @throws SystemError when Salesforce can't be asked
 */
export async function findGivenAway<Write extends LinkWrite>(
  salesforce: Pick<SalesforceClient, "campaigns">,
  writes: readonly Write[],
): Promise<ReadonlyMap<Write, GivenAway>> {
  const moving = writes.filter(
    ({ isLink, linkValues }) => isLink !== null && Object.keys(linkValues).length > 0,
  );
  const given = new Map<Write, GivenAway>();
  if (moving.length === 0) return given;
  const ids = [...new Set(moving.map(({ campaignId }) => campaignId))];
  const campaigns = await salesforce.campaigns({ ids, fields: [] });
  const holds = new Map(campaigns.map(({ id, eventId }) => [id, eventId]));
  for (const write of moving) {
    const { work, campaignId, isLink } = write;
    const eventId = holds.get(campaignId);
    if (eventId === undefined) {
      // Deleted, or left out of this answer: whoever reads both sides anew can tell.
      const text = `The Campaign ${campaignId} is missing in an answer of Salesforce`;
      given.set(write, new SystemError("salesforce", "retry", text));
      continue;
    }
    if (eventId === null || eventId === work.eventId) continue;
    if (isLink === "connect" && eventId === work.takenFrom) continue;
    const text = `The Campaign ${campaignId} was given to the Event ${eventId} meanwhile`;
    given.set(
      write,
      isLink === "release" ? "let_go" : new SystemError("salesforce", "conflict", text),
    );
  }
  return given;
}
