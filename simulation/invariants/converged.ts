/** I1, I2, I4: once all is calm, both sides say what people said last, or a problem says why not. */
import type { EventRow } from "../circa/workspace.ts";
import { simFields, type SimField } from "../fields.ts";
import { of, ofEvent, type Expectations } from "../oracle/expectations.ts";
import type { LinkExpectations } from "../oracle/links.ts";
import { judgeByOwner } from "../oracle/ownership.ts";
import type { CampaignRow } from "../salesforce/org.ts";
import type { World } from "../world.ts";
import type { Finding } from "./findings.ts";
import { reasonsOfField, reasonsOfLink, type OpenProblem } from "./problems.ts";

export interface Judged {
  readonly world: World;
  readonly expectations: Expectations;
  readonly links: LinkExpectations;
  readonly problems: readonly OpenProblem[];
}

export function findDifferences(judged: Judged): Finding[] {
  const { world } = judged;
  const findings: Finding[] = [];
  for (const event of world.workspace.events.values()) {
    const campaign = world.org.holders.get(event.id);
    findings.push(...judgeLink(judged, event, campaign));
    if (campaign === undefined || campaign.id !== event.campaignId) continue;
    for (const field of simFields) findings.push(...judgeField(judged, event, campaign, field));
  }
  for (const [eventId, campaign] of world.org.holders) {
    if (world.workspace.events.has(eventId)) continue;
    if (hasProblem(judged, eventId, null, reasonsOfLink(world, eventId))) continue;
    findings.push({
      invariant: "I4",
      text: `${campaign.id} still names ${eventId}, which is gone`,
    });
  }
  return findings;
}

function judgeLink(judged: Judged, event: EventRow, holder: CampaignRow | undefined): Finding[] {
  const { world, links } = judged;
  const says = event.campaignId;
  const held = holder?.id ?? null;
  const claim = links.claim(event.id);
  if (claim !== undefined && claim !== says) {
    const text = `${event.id} claims ${says ?? "nothing"}, where a person last chose ${claim}`;
    return [{ invariant: "I4", text }];
  }
  const reasons = reasonsOfLink(world, event.id);
  const permuted = links.permuted(event.id);
  if (permuted !== undefined && permuted !== says && !reasons.has("RECORD_REFUSED")) {
    const text = `${event.id} is connected to ${says ?? "nothing"} in Circa, and was given ${permuted} when links changed places`;
    return [{ invariant: "I4", text }];
  }
  if (hasProblem(judged, event.id, null, reasons)) return [];
  if (says !== held) {
    const text = `${event.id} is connected to ${says ?? "nothing"} in Circa and to ${held ?? "nothing"} in Salesforce`;
    return [{ invariant: "I4", text }];
  }
  const expected = links.expected(event.id);
  if (expected === undefined || expected === says) return [];
  const text = `${event.id} should be connected to ${expected ?? "nothing"} and is to ${says ?? "nothing"}`;
  return [{ invariant: expected === null ? "I9" : "I4", text }];
}

function judgeField(
  judged: Judged,
  event: EventRow,
  campaign: CampaignRow,
  field: SimField,
): Finding[] {
  const { world, expectations } = judged;
  const mapping = world.org.mappings.get(field.key);
  if (mapping?.active !== true) return [];
  const values = { circa: ofEvent(event, field), salesforce: of(campaign, field) };
  const allowed = expectations.allowed(event.id, field);
  const judgement = judgeByOwner(mapping.direction, values, allowed);
  const { owner, source, isOverwritten, isApart } = judgement;
  const isTo = owner === "circa";
  const invariant = isTo ? "I1" : "I2";
  const where = `${field.key} of ${event.id} (${campaign.id})`;
  const findings: Finding[] = [];
  if (isOverwritten) {
    const wanted = [...(allowed ?? [])].map((value) => JSON.stringify(value)).join(" or ");
    const text = `${where} is ${JSON.stringify(source)} in ${isTo ? "Circa" : "Salesforce"}, where a person last set ${wanted}`;
    findings.push({ invariant, text });
  }
  if (!isApart) return findings;
  if (mapping.blankRule === "keep" && source === null) return findings;
  if (source === null && expectations.mayHoldBlank(event.id, field)) return findings;
  const reasons = reasonsOfField(world, event, campaign, field);
  const explained =
    hasProblem(judged, event.id, field.key, reasons) ||
    hasProblem(judged, null, field.key, reasons) ||
    hasProblem(judged, event.id, null, reasonsOfLink(world, event.id));
  if (explained) return findings;
  const text = `${where} is ${JSON.stringify(values.circa)} in Circa and ${JSON.stringify(values.salesforce)} in Salesforce (${isTo ? "to" : "from"} Salesforce), without a problem that says why`;
  return [...findings, { invariant, text }];
}

function hasProblem(
  { problems }: Judged,
  eventId: string | null,
  fieldKey: string | null,
  reasons: ReadonlySet<string>,
): boolean {
  return problems.some(
    (problem) =>
      problem.eventId === eventId && problem.fieldKey === fieldKey && reasons.has(problem.code),
  );
}

/** Problems that are open without a reason, or that name the wrong one. */
export function findUntrueProblems({ world, problems }: Judged): Finding[] {
  return problems.flatMap((problem): Finding[] => {
    if (isTrue(world, problem)) return [];
    const { eventId, fieldKey, code, message } = problem;
    const text = `${code} of ${eventId ?? "all Events"}/${fieldKey ?? "link"} is open without a true reason: ${message}`;
    return [{ invariant: "problem", text }];
  });
}

export function isTrue(world: World, { eventId, fieldKey, code }: OpenProblem): boolean {
  const { org, workspace } = world;
  if (eventId !== null && fieldKey === null) return reasonsOfLink(world, eventId).has(code);
  const field = simFields.find(({ key }) => key === fieldKey);
  if (field === undefined || org.mappings.get(field.key)?.active !== true) return false;
  const events =
    eventId === null ? [...workspace.events.values()] : [workspace.events.get(eventId)];
  return events.some((event) => {
    if (event === undefined) return false;
    // Where the link itself is refused, Circa alone says which Campaign it would be.
    const campaigns = [org.holders.get(event.id), org.campaigns.get(event.campaignId ?? "")];
    return campaigns.some(
      (campaign) =>
        campaign !== undefined && reasonsOfField(world, event, campaign, field).has(code),
    );
  });
}

/** I10: Circa shows each mapping as a lock with Salesforce's active values, and no other. */
export function findWrongLists({ org, workspace }: World): Finding[] {
  const findings: Finding[] = [];
  for (const { field, active, direction } of org.mappings.values()) {
    const shown = workspace.fields.get(field.key)?.sync ?? null;
    const list = org.picklists.has(field.campaign) ? org.activeValues(field.campaign) : null;
    const options = shown?.options?.map(({ value }) => value) ?? null;
    const wanted = active ? JSON.stringify([direction, field.campaign, list]) : "nothing";
    const found =
      shown === null ? "nothing" : JSON.stringify([shown.direction, shown.campaignField, options]);
    if (wanted === found) continue;
    const text = `Circa shows ${found} for ${field.key} instead of ${wanted}`;
    findings.push({ invariant: "I10", text });
  }
  return findings;
}
