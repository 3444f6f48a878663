/** Writes to Circa: the connected Campaign, then the fields that Salesforce owns. */
import type { Clock } from "../clock.ts";
import { describeError, SystemError } from "../errors.ts";
import type { AtStep } from "../steps.ts";
import type { CircaClient } from "../systems/circa/client.ts";
import { linkProblem } from "./link.ts";
import { addProblem, pairOf, type LinkWork } from "./link-work.ts";
import type { FieldChange } from "./plan.ts";
import type { Problem } from "./problem.ts";
import { readEventOf } from "./read-sides.ts";
import type { ValueContext } from "./values/conversion.ts";

/** Circa has no bulk write; more rounds than fields are never needed, and few ever are. */
const mostRounds = 5;

/** Connects or disconnects in Circa where Salesforce has moved; the Event is read again after. */
export async function fixLinkInCirca(
  { circa, atStep }: { readonly circa: CircaClient; readonly atStep: AtStep },
  work: LinkWork,
): Promise<void> {
  for (const fix of work.link.fixes) {
    if (fix.kind !== "connect_in_circa" || work.error !== undefined) continue;
    try {
      atStep("circa_link_sending");
      await circa.connectCampaign(work.eventId, fix.campaignId);
      atStep("circa_link_answered");
      await readEventOf(circa, work);
      work.error ??= notTaken(work, fix.campaignId);
    } catch (error) {
      if (!(error instanceof SystemError) || error.kind !== "conflict") {
        work.error = error;
        return;
      }
      work.link = { campaign: null, fixes: [], problem: null };
      addProblem(
        work,
        linkProblem(
          "EVENT_TAKEN",
          `Circa refuses to connect this Event to the Campaign: ${describeError(error)}`,
          "The Campaign is connected to another Event in Circa. Disconnect one of the two.",
        ),
      );
    }
  }
}

/** A Circa that says nothing of Campaigns leaves the link to Salesforce. */
function notTaken(
  { event, eventId }: LinkWork,
  campaignId: string | null,
): SystemError | undefined {
  if (event !== null && (event.campaignId === undefined || event.campaignId === campaignId)) {
    return undefined;
  }
  const what = campaignId === null ? "let go of its Campaign" : `taken ${campaignId}`;
  return new SystemError("circa", "retry", `The Event ${eventId} has not ${what} yet`);
}

/** Writes the planned fields of one Event; refused ones become problems, the others go through. */
export async function writeEvent(
  parts: { readonly circa: CircaClient; readonly clock: Clock; readonly atStep: AtStep },
  work: LinkWork,
  customKeys: ReadonlySet<string>,
  context: ValueContext,
): Promise<void> {
  let rest = work.plan.changes.filter((change) => change.target === "event");
  for (let round = 1; rest.length > 0; round += 1) {
    const pair = pairOf(work);
    if (pair === null) return;
    try {
      const values = Object.fromEntries(rest.map((it) => [it.mapping.circa.key, it.newValue]));
      const version = pair.event.version;
      parts.atStep("event_write_sending");
      const answer = await parts.circa.writeEvent(work.eventId, values, { customKeys, version });
      parts.atStep("event_write_answered");
      const at = parts.clock.now();
      work.written.push(...rest.map((change) => ({ change, at })));
      work.event = answer.event;
      work.answers.push(answer);
      for (const change of rest) checkStored(work, change, context);
      return;
    } catch (error) {
      const refused = refusedFields(error, rest);
      if (refused.size === 0 || round === mostRounds) {
        await giveUp(parts.circa, work, error);
        return;
      }
      for (const [change, problem] of refused) {
        addProblem(work, problem);
        rest = rest.filter((it) => it !== change);
      }
    }
  }
}

/** A value that Circa keeps differently would be written again for ever. */
function checkStored(
  work: LinkWork,
  { mapping, newValue }: FieldChange,
  context: ValueContext,
): void {
  const { circa, campaign, conversion } = mapping;
  const pair = pairOf(work);
  if (pair === null) return;
  const stored = pair.event.values[circa.key] ?? null;
  if (conversion.equal(stored, pair.campaign.values[campaign.name] ?? null, context)) return;
  addProblem(work, {
    code: "STORED_DIFFERENTLY_IN_CIRCA",
    message: `Circa took ${circa.label} = ${JSON.stringify(newValue)} but keeps ${JSON.stringify(stored)}.`,
    hint: `Check the Event's ${circa.label}: its type or options may not hold the Campaign's value.`,
    fieldKey: circa.key,
    fieldLabel: circa.label,
  });
}

function refusedFields(error: unknown, changes: readonly FieldChange[]): Map<FieldChange, Problem> {
  const refused = new Map<FieldChange, Problem>();
  if (!(error instanceof SystemError) || error.kind !== "rejected") return refused;
  for (const refusal of error.refusals) {
    for (const change of changes) {
      const { circa } = change.mapping;
      if (
        !refusal.fields.some((name) => name === circa.key || name === `custom_fields.${circa.key}`)
      ) {
        continue;
      }
      refused.set(change, {
        code: "REFUSED_BY_CIRCA",
        message: `Circa refuses ${circa.label} = ${JSON.stringify(change.newValue)}: ${refusal.message}`,
        hint: `Change the Campaign's ${change.mapping.campaign.label} to a value that Circa takes.`,
        fieldKey: circa.key,
        fieldLabel: circa.label,
      });
    }
  }
  return refused;
}

async function giveUp(circa: CircaClient, work: LinkWork, error: unknown): Promise<void> {
  const kind = error instanceof SystemError ? error.kind : "retry";
  if (kind === "rejected") {
    addProblem(
      work,
      linkProblem(
        "REFUSED_BY_CIRCA",
        `Circa refuses the Campaign's values: ${describeError(error)}`,
        "Compare the Event's fields with the Campaign's.",
      ),
    );
    return;
  }
  // Moved on or gone: the next turn must not start from what is no longer so.
  if (kind === "conflict" || kind === "not_found") await readEventOf(circa, work);
  work.error = error;
}
