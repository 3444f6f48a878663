import { isolateRefusals, type Isolated } from "../../../middleware/sync/write/isolate-refusals.ts";

type Rule = (record: Readonly<Record<string, number>>) => string | null;
interface Say {
  readonly code?: string;
  /** The fields that the refusal names. */
  readonly fields?: readonly string[];
  readonly certain?: boolean;
  /** Refused before, and in the same words again. */
  readonly told?: readonly string[];
}

/** A record of fields that are 0, to be set to their new values, and what its rules say to that. */
function write(
  groups: readonly (readonly string[])[],
  rule: Rule,
  { fields = [], certain = false, told = [] }: Say = {},
  values: Readonly<Record<string, number>> = {},
) {
  let record: Record<string, number> = Object.fromEntries(groups.flat().map((name) => [name, 0]));
  let calls = 0;
  let touches = 0;
  const isolating = isolateRefusals(groups, { canTouch: true });
  let step = isolating.next();
  while (step.done !== true) {
    const { changes, restored } = step.value;
    const next = {
      ...record,
      ...Object.fromEntries(restored.map((name) => [name, 0])),
      ...Object.fromEntries(changes.map((name) => [name, values[name] ?? 1])),
    };
    calls += 1;
    if (changes.length === 0 && restored.length === 0) touches += 1;
    const message = rule(next);
    if (message === null) {
      record = next;
      step = isolating.next({ ok: true });
    } else {
      const named = new Set(changes.filter((name) => fields.includes(name) || message === name));
      const refusals = [{ code: "REFUSED", message, fields: [...named] }];
      step = isolating.next({
        ...{ ok: false, refusals, named, certain: certain && named.size > 0 },
        told: new Set(changes.filter((name) => told.includes(name))),
      });
    }
  }
  const { taken, refused, record: whole }: Isolated<string> = step.value;
  const groupsRefused = refused.map(({ changes }) => changes);
  return { record, calls, touches, taken, refused: groupsRefused, whole };
}

const each = (count: number) => Array.from({ length: count }, (_, at) => [`f${at}`]);
const set = (record: Readonly<Record<string, number>>) =>
  Object.keys(record).filter((name) => record[name] !== 0);
const never =
  (...names: string[]): Rule =>
  (record) =>
    names.some((name) => record[name] !== 0) ? "no" : null;

test("nothing refused: one call", () => {
  expect(write(each(40), () => null)).toMatchObject({ calls: 1, refused: [], whole: null });
});

test.each([[["f7"]], [["f0", "f39"]], [["f1", "f2", "f3", "f30"]]])(
  "%j at fault, named by nobody: only they wait",
  (bad) => {
    const { record, refused, calls } = write(each(40), never(...bad));
    expect(refused.flat().toSorted()).toEqual(bad.toSorted());
    expect(set(record)).toHaveLength(40 - bad.length);
    // A call to see whether the record takes a write at all, a path down per fault, one to confirm.
    expect(calls).toBeLessThanOrEqual(2 + bad.length * 14);
  },
);

test("the wrong field is named: it is written, and the one at fault waits", () => {
  expect(write(each(8), never("f5"), { fields: ["f2"] }).refused).toEqual([["f5"]]);
});

test("many named one after another: as many calls as there are, and one", () => {
  const bad = Array.from({ length: 12 }, (_, at) => `f${at}`);
  const rule: Rule = (record) => bad.find((name) => record[name] !== 0) ?? null;
  const { refused, calls, record } = write(each(20), rule, { certain: true });
  expect(refused.flat()).toEqual(bad);
  expect(calls).toBe(13);
  expect(set(record)).toHaveLength(8);
});

test("a record that takes no write at all: two calls, and nobody is named", () => {
  const { calls, refused, whole } = write(each(40), () => "closed");
  expect({ calls, refused }).toEqual({ calls: 2, refused: [] });
  expect(whole).toMatchObject([{ message: "closed" }]);
});

test.each([[["f0"]], [["f0", "f1"]], [["f0", "f1", "f2", "f3", "f4"]]])(
  "nothing but %j, all refused before: the record is not written to ask whether it takes a write",
  (bad) => {
    const { touches, refused, record } = write(each(bad.length), never(...bad), { told: bad });
    expect({ touches, set: set(record) }).toEqual({ touches: 0, set: [] });
    expect(refused.flat().toSorted()).toEqual(bad);
  },
);

test("one refused before among new ones: it is tried apart from them, and they are written", () => {
  const { calls, touches, refused } = write(each(40), never("f7"), { told: ["f7"] });
  // All, it alone, the others.
  expect({ calls, touches, refused }).toEqual({ calls: 3, touches: 0, refused: [["f7"]] });
});

test("a record that takes no write any more, with one refused before: it is the record's", () => {
  const { refused, whole } = write(each(8), () => "closed", { told: ["f3"] });
  expect(refused).toEqual([["f3"]]);
  expect(whole).toMatchObject([{ message: "closed" }]);
});

test("values that belong together stay together", () => {
  const groups = [["a"], ["start", "end"], ["b"]];
  const reversed: Rule = ({ start = 0, end = 0 }) => (end < start ? "reversed" : null);
  const outcome = write(groups, reversed, { fields: ["end"] }, { start: 9, end: 5 });
  expect(outcome.refused).toEqual([["start", "end"]]);
  expect(outcome.record).toEqual({ a: 1, b: 1, start: 0, end: 0 });
});

test.each<[string, Say]>([
  ["nobody", {}],
  ["one of them", { fields: ["x"] }],
  ["the other", { fields: ["y"] }],
  ["somebody else", { fields: ["a"] }],
])("two values that only together break a rule, which names %s: neither stays", (_, say) => {
  const both: Rule = ({ x = 0, y = 0 }) => (x !== 0 && y !== 0 ? "not both" : null);
  const { record, refused, calls } = write([["a"], ["x"], ["b"], ["y"], ["c"]], both, say);
  expect(record).toEqual({ a: 1, b: 1, c: 1, x: 0, y: 0 });
  expect(refused.map((group) => group.toSorted())).toEqual([["x", "y"]]);
  expect(calls).toBeLessThan(20);
});

test("everything is at fault by itself: bounded", () => {
  const { calls, refused } = write(each(30), (record) => (set(record).length > 0 ? "no" : null));
  expect(refused).toHaveLength(30);
  expect(calls).toBeLessThanOrEqual(61);
  expect(write(each(400), (record) => (set(record).length > 0 ? "no" : null)).calls).toBeLessThan(
    130,
  );
});
