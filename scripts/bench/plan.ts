/**
 * Planning: links whose sides are compared under thirty mappings, half of them in line, as most
 * are whenever a sweep or a webhook makes them due, the others with some edited fields.
 */
import type { PlanInput } from "../../middleware/sync/plan/link-plan.ts";
import { planLink } from "../../middleware/sync/plan/plan.ts";
import type { Bench, Measurement } from "./bench.ts";
import {
  leader,
  leaderUserId,
  mappedFields,
  mappingsOf,
  type MappedField,
} from "./mapped-fields.ts";
import { measureRounds } from "./processor-time.ts";

const linkCount = 1_000;
const measuredMs = 3_000;
const warmUpMs = 1_000;
/** An edit changes few fields: so many of a link that is not in line. */
const editedFields = 3;

export const planBench: Bench = {
  name: "plan",
  about: `compares links of ${mappedFields.length} mapped fields, half of them in line`,
  run(print): Measurement {
    const links = Array.from({ length: linkCount }, (_, link) => linkOf(link));
    print(`${changesOf(links)} fields to write in ${linkCount} links`);
    const { rounds, seconds } = measureRounds(() => changesOf(links), measuredMs, warmUpMs);
    const compared = rounds * linkCount;
    const microseconds = (seconds * 1_000_000) / compared;
    print(
      `${compared} links in ${seconds.toFixed(2)} s of processor time, ${microseconds.toFixed(1)} µs each`,
    );
    const perSecond = compared / seconds;
    return { unit: "link comparisons a second on one core", perSecond, goalPerSecond: 50_000 };
  },
};

/** @returns how many fields have to be written, so that no planning can be left out */
function changesOf(links: readonly PlanInput[]): number {
  let changes = 0;
  for (const link of links) changes += planLink(link).changes.length;
  return changes;
}

const mappings = mappingsOf(mappedFields);
const initialised = new Set(mappings.map(({ identity }) => identity));

function linkOf(link: number): PlanInput {
  const isInLine = link % 2 === 0;
  const first = (link * 7) % mappedFields.length;
  const isEdited = (index: number) =>
    !isInLine && (index - first + mappedFields.length) % mappedFields.length < editedFields;
  const sides = mappedFields.map((field, index) => sidesOf(field, link, isEdited(index)));
  const baseline = Object.fromEntries(
    sides.map(({ field, campaign }) => [field.circa.key, campaign] as const),
  );
  // Through JSON, as both sides come: no text is the very same one on both.
  return {
    mappings,
    event: {
      id: `RXZlbnQt${link}`,
      name: `Event ${link}`,
      version: 1,
      updatedAt: 0,
      timeZone: "Europe/Vienna",
      campaignId: null,
      values: throughJson(Object.fromEntries(sides.map((it) => [it.field.circa.key, it.circa]))),
    },
    campaign: {
      id: "701000000000001AAA",
      name: `Event ${link}`,
      eventId: `RXZlbnQt${link}`,
      modifiedAt: 0,
      recordTypeId: null,
      values: throughJson(
        Object.fromEntries(sides.map((it) => [it.field.campaign.name, it.campaign])),
      ),
    },
    initialised,
    baseline: throughJson(baseline),
    context: {
      timeZone: "Europe/Vienna",
      activeUserIdByEmail: () => leaderUserId,
      emailByUserId: () => leader.email,
    },
  };
}

function sidesOf(field: MappedField, link: number, edited: boolean) {
  const [circa, campaign] = field.values(link);
  if (!edited) return { field, circa, campaign };
  return field.direction === "to_salesforce"
    ? { field, circa: field.edited(link), campaign }
    : { field, circa, campaign: field.edited(link) };
}

function throughJson(values: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(values)) as Record<string, unknown>;
}
