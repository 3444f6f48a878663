/** Problems: each difference has one, each one has a true reason. */
import type { Parameters } from "../../middleware/model/problems/parameters.ts";
import { wordsOf } from "../../middleware/model/problems/words.ts";
import type { EventRow } from "../circa/workspace.ts";
import type { SimField } from "../fields.ts";
import { of, ofEvent } from "../oracle/expectations.ts";
import { linkField, type CampaignRow } from "../salesforce/org.ts";
import type { SharedStore } from "../store/shared-store.ts";
import type { World } from "../world.ts";

export interface OpenProblem {
  readonly eventId: string | null;
  readonly fieldKey: string | null;
  readonly code: string;
  readonly message: string;
}

export function openProblems(store: SharedStore): OpenProblem[] {
  const rows = store.read<Omit<OpenProblem, "message"> & { wording: string; parameters: string }>(
    'select event_id as "eventId", field_key as "fieldKey", code, wording, parameters from problems where closed_at is null order by problem_key',
  );
  return rows.map(({ eventId, fieldKey, code, wording, parameters }) => {
    const kept = JSON.parse(parameters) as Parameters;
    const { message } = wordsOf({ code, wording, parameters: kept });
    return { eventId, fieldKey, code, message };
  });
}

/** Codes of which one is the true reason why this field can't be brought in line now. */
export function reasonsOfField(
  { org, workspace }: World,
  event: EventRow,
  campaign: CampaignRow,
  field: SimField,
): ReadonlySet<string> {
  const reasons = new Set<string>();
  const isTo = org.mappings.get(field.key)?.direction === "to_salesforce";
  const source = isTo ? ofEvent(event, field) : of(campaign, field);
  // At first contact the Event's value fills the Campaign's blank, whatever the direction.
  if (isTo || of(campaign, field) === null) {
    const written = ofEvent(event, field);
    const isLong = typeof written === "string" && written.length > field.length;
    if (isLong) reasons.add("VALUE_TOO_LONG");
    for (const { campaignId, field: name } of org.refusals) {
      if (campaignId !== null && campaignId !== campaign.id) continue;
      // A rule that names no field refuses whichever value is written.
      if (name === field.campaign || name === null) {
        reasons.add("FIELD_CUSTOM_VALIDATION_EXCEPTION");
      }
    }
  }
  if (field.kind !== "choice" && field.kind !== "choices") return reasons;
  const active = new Set(org.activeValues(field.campaign));
  // At first contact the Campaign's value goes to Circa, whatever the direction.
  const held = [ofEvent(event, field), of(campaign, field)];
  for (const value of held.flatMap((it) => (it === null ? [] : String(it).split(";")))) {
    if (active.has(value)) continue;
    for (const code of notInList) reasons.add(code);
  }
  const options = workspace.fields.get(field.key)?.options ?? [];
  if (
    !isTo &&
    String(source ?? "")
      .split(";")
      .some((it) => it !== "" && !options.includes(it))
  ) {
    reasons.add("REFUSED_BY_CIRCA");
  }
  return reasons;
}

const notInList = [
  "VALUE_REMOVED",
  "REFUSED_BY_CIRCA",
  "VALUE_NOT_IN_LIST",
  "VALUE_INACTIVE",
  "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
];

/** The same for the record or the link as a whole. */
export function reasonsOfLink({ org, workspace }: World, eventId: string): ReadonlySet<string> {
  const reasons = new Set<string>();
  const event = workspace.events.get(eventId);
  const holder = org.holders.get(eventId);
  const named = event?.campaignId == null ? undefined : org.campaigns.get(event.campaignId);
  for (const campaign of [holder, named]) {
    if (campaign === undefined || !isRefused(org, campaign)) continue;
    reasons.add("RECORD_REFUSED");
    reasons.add("LINK_REFUSED");
  }
  if (event === undefined) {
    if (holder !== undefined) reasons.add("EVENT_NOT_FOUND");
    return reasons;
  }
  const holds = named?.values.get(linkField);
  if (named !== undefined && !named.deleted && typeof holds === "string" && holds !== eventId) {
    reasons.add("CAMPAIGN_TAKEN");
  }
  if (event.campaignId !== null && (named === undefined || named.deleted)) {
    reasons.add("CAMPAIGN_NOT_FOUND");
  }
  const claimant = holder === undefined ? undefined : workspace.eventOfCampaign.get(holder.id);
  if (claimant !== undefined && claimant !== eventId) reasons.add("EVENT_TAKEN");
  return reasons;
}

/** A rule of the org refuses whatever is written to this Campaign. */
function isRefused({ refusals }: World["org"], { id }: CampaignRow): boolean {
  return [...refusals].some(
    ({ campaignId, field }) => field === null && (campaignId === null || campaignId === id),
  );
}
