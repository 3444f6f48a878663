/**
 * Fields that a rule binds: their values go to the other side together or not at all, so that
 * neither side gets a range, or a pair of choices, that was never entered.
 */
import type { FieldChange, FieldOutcome } from "./link-plan.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { fieldProblem, type Problem } from "../../model/problems/problem.ts";
import { quoteText } from "../values/show-value.ts";

/** Longer than any problem is left alone between two tries. */
const keepMs = 24 * 3_600_000;

/** Words that tell the two ends of a range apart, in names of fields on either side. */
const ends =
  /(?<![a-z])(start(s|ed|ing)?|begin(s|ning)?|from|open(s|ing)?|min(imum)?|end(s|ed|ing)?|finish(es)?|until|to|clos(e|es|ing)|max(imum)?)(?![a-z])/g;

/** Pairs of fields that were refused together, as long as they may be so again. */
export class BoundFields {
  readonly #now: () => number;
  /** By the keys of both fields: until when. */
  readonly #learned = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** These were refused together, each being taken alone. */
  learn(changes: readonly FieldChange[]): void {
    const nowMs = this.#now();
    for (const [key, untilMs] of this.#learned) if (untilMs < nowMs) this.#learned.delete(key);
    for (const a of changes) {
      for (const b of changes) this.#learned.set(pairKey(a.mapping, b.mapping), nowMs + keepMs);
    }
  }

  /** @returns the changes in groups of those that belong together, in their order */
  groups(changes: readonly FieldChange[]): FieldChange[][] {
    const groups: FieldChange[][] = [];
    for (const change of changes) {
      const bound = groups.filter((group) => group.some((it) => this.#areBound(it, change)));
      const [first] = bound;
      if (first === undefined) groups.push([change]);
      else {
        first.push(...bound.slice(1).flat(), change);
        for (const other of bound.slice(1)) groups.splice(groups.indexOf(other), 1);
      }
    }
    return groups;
  }

  #areBound(a: FieldChange, b: FieldChange): boolean {
    return (
      (this.#learned.get(pairKey(a.mapping, b.mapping)) ?? 0) > this.#now() ||
      isRange(a.mapping, b.mapping) ||
      isDependent(a.mapping, b.mapping) ||
      isDependent(b.mapping, a.mapping)
    );
  }
}

/**
 * Turns a change into a problem, in place, where the other end of its range can't go the same way:
 * with one end alone the other side would show a range that was never entered.
 */
export function holdOtherEnds(mappings: readonly Mapping[], outcomes: FieldOutcome[]): void {
  const stuck = mappings.filter((_, nth) => isProblem(outcomes[nth] ?? null));
  if (stuck.length === 0) return;
  for (const [nth, outcome] of outcomes.entries()) {
    if (outcome === null || isProblem(outcome)) continue;
    const { mapping } = outcome;
    const other = stuck.find((it) => it.direction === mapping.direction && isRange(it, mapping));
    if (other !== undefined) outcomes[nth] = otherEndWaits(mapping, other);
  }
}

const isProblem = (outcome: FieldOutcome): outcome is Problem =>
  outcome !== null && "code" in outcome;

function otherEndWaits({ circa }: Mapping, other: Mapping): Problem {
  const [own, its] = [quoteText(circa.label), quoteText(other.circa.label)];
  return fieldProblem(circa, "OTHER_END_WAITS", { own, other: its });
}

const pairKey = (a: Mapping, b: Mapping) => `${a.identity} ${b.identity}`;

const isDependent = (a: Mapping, b: Mapping) => a.controller?.name === b.campaign.name;

/** Both ends of a range, by the names of either side's fields, such as StartDate and EndDate. */
function isRange(a: Mapping, b: Mapping): boolean {
  if (a.campaign.type !== b.campaign.type) return false;
  return (
    isPairOfEnds(a.campaign.name, b.campaign.name) || isPairOfEnds(a.circa.label, b.circa.label)
  );
}

function isPairOfEnds(a: string, b: string): boolean {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  return first !== second && first.replace(ends, "*") === second.replace(ends, "*");
}

/** `Registration_Opens__c`, `RegistrationOpens` and `Registration opens` as the same words. */
function wordsOf(name: string): string {
  return name
    .replace(/__c$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}
