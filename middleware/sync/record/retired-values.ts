/**
 * The drift guard: values that Salesforce has taken off a list and that Events still hold are one
 * problem per field, over all Events. It opens, grows and closes with what the Events hold.
 */
import type { Transaction } from "kysely";
import {
  fieldsHeld,
  retiredValuesOf,
  setRetiredValues,
  summarizeHeld,
  type HeldSummary,
  type RetiredValue,
} from "../../store/links/retired-values.ts";
import { fieldsWithProblem } from "../../store/history/open-problems.ts";
import { setFieldProblem } from "../../store/history/problems.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { Log } from "../../runtime/log.ts";
import { describeRemoval, valueRemovedCode } from "../plan/choice-problems.ts";
import type { WrittenTask } from "../plan/link-task.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { eventKind } from "../../model/link-kinds.ts";
import type { Phrase } from "../../model/problems/parameters.ts";
import { fieldProblem, type Problem } from "../../model/problems/problem.ts";
import { andMore, quoteText, showList, showText } from "../values/show-value.ts";

/** More of them make the text long, not clearer. */
const maxNames = 20;

export interface RemovedValueContext {
  readonly mappings: readonly Mapping[];
  readonly log: Log;
  readonly nowMs: number;
}

type HeldWork = Pick<WrittenTask, "eventId" | "event" | "link" | "plan" | "error">;

/** Keeps which removed values the Events of a batch hold; of unfinished links nothing is known. */
export async function recordRetiredValues(
  trx: Transaction<Tables>,
  context: RemovedValueContext,
  tasks: readonly HeldWork[],
): Promise<void> {
  const finished = tasks.filter((task) => task.error === undefined);
  const eventIds = finished.map((task) => task.eventId);
  const before = await retiredValuesOf(trx, eventIds);
  const now = finished.flatMap(heldBy);
  const touched = fieldsThatDiffer(before, now);
  if (touched.size === 0) return;
  await setRetiredValues(trx, eventIds, now);
  await setFieldProblems(trx, context, [...touched]);
}

/** Puts the problems right where several processes have counted at once. */
export async function reviewRetiredValues(
  trx: Transaction<Tables>,
  context: RemovedValueContext,
): Promise<void> {
  const held = await fieldsHeld(trx);
  const open = await fieldsWithProblem(trx, valueRemovedCode);
  await setFieldProblems(trx, context, [...new Set([...held, ...open])]);
}

function heldBy({ eventId, event, link, plan }: HeldWork): RetiredValue[] {
  if (link.campaign === null) return [];
  return plan.heldRemoved.flatMap(({ mapping, values }) =>
    values.map(({ value }) => ({
      eventId,
      eventName: event?.name ?? "",
      fieldKey: mapping.circa.key,
      value,
    })),
  );
}

function fieldsThatDiffer(
  before: readonly RetiredValue[],
  now: readonly RetiredValue[],
): Set<string> {
  const keyOf = (held: RetiredValue) =>
    JSON.stringify([held.eventId, held.fieldKey, held.value, held.eventName]);
  const old = new Set(before.map(keyOf));
  const fresh = new Set(now.map(keyOf));
  return new Set(
    [
      ...before.filter((held) => !fresh.has(keyOf(held))),
      ...now.filter((held) => !old.has(keyOf(held))),
    ].map(({ fieldKey }) => fieldKey),
  );
}

async function setFieldProblems(
  trx: Transaction<Tables>,
  { mappings, log, nowMs }: RemovedValueContext,
  fieldKeys: readonly string[],
): Promise<void> {
  for (const fieldKey of fieldKeys) {
    const mapping = mappings.find(({ circa }) => circa.key === fieldKey);
    const summary = await summarizeHeld(trx, fieldKey, maxNames);
    const problem =
      mapping === undefined || summary.events === 0 ? null : removedProblem(mapping, summary);
    if (await setFieldProblem(trx, { kind: eventKind, fieldKey }, problem, nowMs)) {
      const values = summary.values.map(({ value }) => value);
      log.warn({ field: problem?.fieldLabel, values }, "Events hold values that were removed");
    }
  }
}

function removedProblem(mapping: Mapping, { events, names, values }: HeldSummary): Problem {
  const { circa, campaign, direction, removed, listed } = mapping;
  const held = values.map(({ value, events: count }): Phrase => {
    const entry = removed.find((it) => it.value === value);
    const how = entry === undefined ? [] : [describeRemoval(mapping, entry)];
    return { phrase: "heldValue", value: quoteText(value), about: [String(count), ...how] };
  });
  const parameters = {
    field: quoteText(circa.label),
    to: { phrase: "campaignField", label: showText(campaign.label) } as const,
    values: held,
    names: andMore(names, events),
    owners: { phrase: direction === "to_salesforce" ? "theseEvents" : "theirCampaigns" } as const,
    list: showList(listed.map(({ value }) => value)),
  };
  return events === 1
    ? fieldProblem(circa, "VALUE_REMOVED.oneEvent", parameters)
    : fieldProblem(circa, "VALUE_REMOVED.events", { ...parameters, events });
}
