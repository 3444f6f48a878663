/**
 * Who is connected to whom. Both systems can connect and disconnect; what both last agreed on
 * tells which of the two has moved. Pure.
 */
import { linkProblem, type Problem } from "../../model/problems/problem.ts";
import type { Campaign, CircaEvent } from "../../model/records.ts";

/** A write that brings the two systems' idea of the link in line. */
export type LinkFix =
  | {
      readonly kind: "write_event_id";
      readonly campaignId: string;
      readonly eventId: string | null;
    }
  | { readonly kind: "connect_in_circa"; readonly campaignId: string | null };

export interface LinkState {
  /** The connected Campaign; null when there is none. */
  readonly campaign: Campaign | null;
  readonly fixes: readonly LinkFix[];
  readonly problem: Problem | null;
}

export interface LinkInput {
  /** null when there is none. */
  readonly event: CircaEvent | null;
  readonly eventId: string;
  /** It was there before: then it was deleted, and not mistyped on the Campaign. */
  readonly eventWasSeen: boolean;
  /** The Campaign that both last agreed on. */
  readonly baselineCampaignId: string | null;
  /** The Campaign that holds this Event's id. */
  readonly holder: Campaign | null;
  /** The Campaign that Circa names, if it exists. */
  readonly named: Campaign | null;
}

export function resolveLink(input: LinkInput): LinkState {
  const { event, eventId, baselineCampaignId: baseline, holder, named } = input;
  if (event === null) {
    if (holder === null) return unlinked();
    if (input.eventWasSeen || baseline !== null) return unlinked([forgetEvent(holder)]);
    return { ...unlinked(), problem: eventNotFound(eventId, holder) };
  }
  const says = event.campaignId;
  // Without the contract's attribute Salesforce alone makes the link.
  if (says === undefined) return holder === null ? unlinked() : linked(holder);
  if (holder === null) {
    if (says === null) return unlinked();
    // Salesforce let go of it, or the Campaign was deleted.
    if (says === baseline) return unlinked([{ kind: "connect_in_circa", campaignId: null }]);
    return connectInSalesforce(eventId, says, named);
  }
  if (says === holder.id) return linked(holder);
  // From here on the two differ: the side that still holds the baseline did not move.
  if (says === null) {
    if (holder.id === baseline) return unlinked([forgetEvent(holder)]);
    return linked(holder, [{ kind: "connect_in_circa", campaignId: holder.id }]);
  }
  if (holder.id === baseline) {
    const moved = connectInSalesforce(eventId, says, named);
    return moved.problem === null
      ? { ...moved, fixes: [forgetEvent(holder), ...moved.fixes] }
      : moved;
  }
  return linked(holder, [{ kind: "connect_in_circa", campaignId: holder.id }]);
}

function connectInSalesforce(eventId: string, says: string, named: Campaign | null): LinkState {
  if (named === null) {
    return {
      ...unlinked(),
      problem: linkProblem("CAMPAIGN_NOT_FOUND", { campaign: says }),
    };
  }
  if (named.eventId !== null && named.eventId !== eventId) {
    return {
      ...unlinked(),
      problem: linkProblem("CAMPAIGN_TAKEN", { name: named.name, event: named.eventId }),
    };
  }
  return linked(named, [{ kind: "write_event_id", campaignId: named.id, eventId }]);
}

function eventNotFound(eventId: string, holder: Campaign): Problem {
  return linkProblem("EVENT_NOT_FOUND", { name: holder.name, event: eventId });
}

function forgetEvent(holder: Campaign): LinkFix {
  return { kind: "write_event_id", campaignId: holder.id, eventId: null };
}

function linked(campaign: Campaign, fixes: readonly LinkFix[] = []): LinkState {
  return { campaign, fixes, problem: null };
}

function unlinked(fixes: readonly LinkFix[] = []): LinkState {
  return { campaign: null, fixes, problem: null };
}
