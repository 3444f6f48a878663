/**
 * Finds out which of a record's values are refused, by writing them: what is named in a refusal is
 * a hint, for rules may name no field or another one. Values that belong together are written
 * together or not at all. Pure: the caller makes the writes and reports their outcomes.
 */
import type { FieldRefusal } from "../../runtime/errors.ts";

/** What to write next. */
export interface Attempt<Change> {
  /** None of them: the record is written without any of the values in question. */
  readonly changes: readonly Change[];
  /** Taken before, to be given their old values again. */
  readonly restored: readonly Change[];
}

export type AttemptAnswer<Change> =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusals: readonly FieldRefusal[];
      /** Those of the attempt that the refusals name. */
      readonly named: ReadonlySet<Change>;
      /** The refusals are about single values as such, so that whom they name is at fault. */
      readonly certain: boolean;
      /** Those of the attempt that are known to be refused, in these very words, from before. */
      readonly told: ReadonlySet<Change>;
    };

export interface Refused<Change> {
  /** Several: together they are refused. */
  readonly changes: readonly Change[];
  readonly refusals: readonly FieldRefusal[];
  /** Each of them was taken alone. */
  readonly together: boolean;
}

export interface Isolated<Change> {
  readonly taken: readonly Change[];
  readonly refused: readonly Refused<Change>[];
  /** Why the record takes no write at all, whatever it is; null when it does. */
  readonly record: readonly FieldRefusal[] | null;
}

type Group<Change> = readonly Change[];
type Run<Change, Result> = Generator<Attempt<Change>, Result, AttemptAnswer<Change>>;

/** Of one record in one pass: more than a bisection of any edit needs. */
const maxAttempts = 120;

export interface IsolateOptions {
  /** Whether the record may be written without a value, to see whether it takes a write at all. */
  readonly canTouch: boolean;
}

/** @param groups values that belong together; most have one */
export function* isolateRefusals<Change>(
  groups: readonly Group<Change>[],
  { canTouch }: IsolateOptions,
): Run<Change, Isolated<Change>> {
  let taken: Group<Change>[] = [];
  const refused: Refused<Change>[] = [];
  const pending: (readonly Group<Change>[])[] = [groups];
  let takesWrites = !canTouch;
  let last: readonly FieldRefusal[] = [];
  const done = (record: readonly FieldRefusal[] | null): Isolated<Change> => ({
    taken: taken.flat(),
    refused,
    record,
  });

  for (let attempts = 1; pending.length > 0; attempts += 1) {
    if (attempts > maxAttempts) return done(last);
    const set = pending.pop() ?? [];
    const answer = yield { changes: set.flat(), restored: [] };
    if (answer.ok) {
      taken.push(...set);
      takesWrites = true;
      continue;
    }
    last = answer.refusals;
    const { named: byName, told } = answer;
    const isNamed = (group: Group<Change>) =>
      group.some((change) => byName.has(change) || (!answer.certain && told.has(change)));
    const named = set.filter(isNamed);
    const others = set.filter((group) => !isNamed(group));
    if (named.length > 0 && answer.certain) {
      refused.push(...named.map((group) => refusedAlone(group, answer)));
      if (others.length > 0) pending.push(others);
      continue;
    }
    // Nothing is asked for the sake of a known refusal: each try would show as a change.
    if (!takesWrites && told.size === 0) {
      const touched = yield { changes: [], restored: [] };
      if (!touched.ok) return done(touched.refusals);
      takesWrites = true;
    }
    if (set.length === 0) continue;
    const [group] = set;
    if (group !== undefined && set.length === 1) {
      const conflict = taken.length === 0 ? null : yield* findConflict(group, taken);
      if (conflict === null) refused.push(refusedAlone(group, answer));
      else {
        taken = [...conflict.taken];
        const changes = [...conflict.refused.flat()];
        if (changes.length > 0) refused.push({ ...answer, changes, together: true });
      }
    } else if (named.length > 0 && others.length > 0) pending.push(others, named);
    else {
      const middle = Math.ceil(set.length / 2);
      pending.push(set.slice(middle), set.slice(0, middle));
    }
  }
  return done(null);
}

function refusedAlone<Change>(
  changes: Group<Change>,
  { refusals }: { readonly refusals: readonly FieldRefusal[] },
): Refused<Change> {
  return { changes, refusals, together: false };
}

interface Conflict<Change> {
  readonly taken: readonly Group<Change>[];
  readonly refused: readonly Group<Change>[];
}

/**
 * Whether what was refused last is refused only because of what was taken before: a rule binds
 * them. Then neither stays. Costs one attempt, which changes nothing, when it is not so.
 * @returns null when it is refused by itself
 */
function* findConflict<Change>(
  group: Group<Change>,
  before: readonly Group<Change>[],
): Run<Change, Conflict<Change> | null> {
  const alone = yield { changes: group, restored: before.flat() };
  if (!alone.ok) return null;
  // It stands, and what was taken before does not: what of that can stand beside it?
  const taken: Group<Change>[] = [];
  const partners: Group<Change>[] = [];
  const pending: (readonly Group<Change>[])[] = [before];
  for (let set = pending.pop(); set !== undefined; set = pending.pop()) {
    const answer = yield { changes: set.flat(), restored: [] };
    if (answer.ok) taken.push(...set);
    else if (set.length === 1) partners.push(...set);
    else {
      const middle = Math.ceil(set.length / 2);
      pending.push(set.slice(middle), set.slice(0, middle));
    }
  }
  if (partners.length === 0) return { taken: [...taken, group], refused: [] };
  const undone = yield { changes: [], restored: group };
  return undone.ok
    ? { taken, refused: [group, ...partners] }
    : { taken: [...taken, group], refused: partners };
}
