/**
 * Campaigns that have changed since they were read, as far as a write would go over it. A turn reads
 * both sides and writes later, perhaps after it has waited for others. Meanwhile another pass, here
 * or in another process, may have given the Campaign away, and what this one writes would undo that
 * with no pass left to notice; or a person may have filled a blank of a field that Salesforce owns,
 * which was to take the Event's value. Salesforce writes many Campaigns under no condition.
 */
import type { FieldChange } from "../plan/link-plan.ts";
import type { Clock } from "../../runtime/clock.ts";
import { SystemError } from "../../runtime/errors.ts";
import type { SalesforceClient } from "../../systems/salesforce/client.ts";
import type { ResolvedTask } from "../plan/link-task.ts";
import { sameJson } from "../plan/plan.ts";
import type { Campaign } from "../../model/records.ts";

/** What a Campaign was read to hold is believed for as long as the calls of a batch usually take. */
const holdsForMs = 2_000;

export interface LinkWrite {
  readonly task: Pick<ResolvedTask, "eventId" | "takenFrom" | "readAtMs">;
  readonly campaignId: string;
  /** Lets go of the Event, or names it; null where the link stays as it is. */
  readonly isLink: "connect" | "release" | null;
  /** None, once Salesforce has taken them. */
  readonly linkValues: Readonly<Record<string, unknown>>;
  readonly attempt: { readonly changes: readonly FieldChange[] };
}

/** `let_go`: nothing is left to let go of. A conflict: read again, then decide again. */
export type Moved = "let_go" | SystemError;

interface MovedParts {
  readonly salesforce: Pick<SalesforceClient, "campaigns">;
  readonly clock: Pick<Clock, "elapsedMs">;
}

/**
 * To be asked while no other pass writes to these Campaigns; asks nothing where no link moves and
 * what was read is fresh.
 * @throws SystemError when Salesforce can't be asked
 */
export async function findMoved<Write extends LinkWrite>(
  { salesforce, clock }: MovedParts,
  writes: readonly Write[],
): Promise<ReadonlyMap<Write, Moved>> {
  const isOld = ({ task }: Write) => clock.elapsedMs() - task.readAtMs >= holdsForMs;
  const asking = writes.filter(
    (write) => movesLink(write) || (fillsOf(write).length > 0 && isOld(write)),
  );
  const moved = new Map<Write, Moved>();
  if (asking.length === 0) return moved;
  const ids = [...new Set(asking.map(({ campaignId }) => campaignId))];
  const fields = [...new Set(asking.flatMap(fillsOf).map(({ mapping }) => mapping.campaign.name))];
  const campaigns = await salesforce.campaigns({ ids, fields });
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  for (const write of asking) {
    const verdict = judge(write, byId.get(write.campaignId));
    if (verdict !== null) moved.set(write, verdict);
  }
  return moved;
}

/**
 * Of two Events of one batch that both have a Campaign, the one that takes it writes to it. The other
 * is read again: what is known of it is of before it lost the Campaign.
 * @returns by write: why it is not to be sent
 */
export function leaveToTaker<Write extends LinkWrite>(
  writes: readonly Write[],
): ReadonlyMap<Write, SystemError> {
  const takers = new Map(writes.filter(movesLink).map((write) => [write.campaignId, write]));
  const left = new Map<Write, SystemError>();
  for (const write of writes) {
    const taker = takers.get(write.campaignId);
    if (taker === undefined || taker === write) continue;
    left.set(write, wasGivenTo(write.campaignId, taker.task.eventId));
  }
  return left;
}

function wasGivenTo(campaignId: string, eventId: string): SystemError {
  const text = `The Campaign ${campaignId} was given to the Event ${eventId} meanwhile`;
  return new SystemError("salesforce", "conflict", text);
}

function judge(write: LinkWrite, now: Campaign | undefined): Moved | null {
  const { task, campaignId, isLink } = write;
  if (now === undefined) {
    // Deleted, or missing in this answer: the next read of both sides shows it.
    const text = `The Campaign ${campaignId} is missing in an answer of Salesforce`;
    return new SystemError("salesforce", "retry", text);
  }
  const isOthers = now.eventId !== null && now.eventId !== task.eventId;
  if (movesLink(write) && isOthers && (isLink !== "connect" || now.eventId !== task.takenFrom)) {
    if (isLink === "release") return "let_go";
    return wasGivenTo(campaignId, now.eventId);
  }
  const isBlankStill = ({ mapping, oldValue }: FieldChange) =>
    sameJson(now.values[mapping.campaign.name], oldValue);
  if (fillsOf(write).every(isBlankStill)) return null;
  const text = `The Campaign ${campaignId} was edited while the Event ${task.eventId} was being synchronized; both are read again`;
  return new SystemError("salesforce", "conflict", text);
}

function movesLink({ isLink, linkValues }: LinkWrite): boolean {
  return isLink !== null && Object.keys(linkValues).length > 0;
}

/** Blanks of the Campaign's own fields, which take the Event's value at the initial sync. */
function fillsOf({ attempt }: LinkWrite): FieldChange[] {
  return attempt.changes.filter(
    ({ target, mapping }) => target === "campaign" && mapping.direction === "from_salesforce",
  );
}
