/** The order of states, decided in one place: what arrives, over what is kept. */
import {
  forgotten,
  judge,
  readBody,
  type KeptState,
  type EventState,
} from "../../../middleware/store/intake/judge-event-state.ts";
import { createFreshness } from "../../../middleware/sync/read/freshness.ts";
import { eventSchema } from "../../../middleware/systems/circa/schemas.ts";

interface Given {
  readonly version?: number;
  readonly second?: number;
  readonly location?: string;
  readonly custom?: Record<string, unknown> | null;
  readonly basics?: Record<string, unknown>;
}

function bodyOf({ version, second = 10, location = "Bonn", custom = { f: 1 }, ...given }: Given) {
  return {
    id: "RXZlbnQtMQ",
    ...(version === undefined ? {} : { version }),
    updated_at: new Date(second * 1_000).toISOString(),
    location,
    ...(given.basics ?? { name: "Expo", time_zone: "UTC", salesforce_campaign_id: null }),
    ...(custom === null ? {} : { custom_fields: custom }),
  };
}

function kept(given: Given, more: Partial<KeptState> = {}): KeptState {
  const { second = 10, version = 0 } = given;
  const body = JSON.stringify(bodyOf(given));
  return {
    version,
    updated_at: second * 1_000,
    deleted: 0,
    body,
    received_at: 100,
    doubted: 0,
    ...more,
  };
}

const unknown = (given: Given) => kept(given, { body: forgotten });

function state(given: Given, more: Partial<EventState> = {}): EventState {
  const body = bodyOf(given);
  return {
    answer: { event: eventSchema.parse(body), body },
    receivedAt: 200,
    source: "webhook",
    ...more,
  };
}

type Outcome = "kept" | "forgotten" | "doubted" | "refreshed" | "nothing";
function outcomeOf(arrived: EventState, before: KeptState): [Outcome, boolean] {
  const { row, news } = judge(arrived, before);
  if (row === null) return ["nothing", news];
  if (row.body === forgotten) return ["forgotten", news];
  if (row.doubted === 1 && row.body === before.body) return ["doubted", news];
  const taken = row.body === JSON.stringify(arrived.answer.body);
  return [taken && news ? "kept" : "refreshed", news];
}

const v = (version: number, second = 10, more: Given = {}) => ({ version, second, ...more });
const part = { basics: {} };
const zoneless = { basics: { name: "Expo", salesforce_campaign_id: null } };
const at = (second: number, location: string) => ({ second, location });

test.each<[string, EventState, KeptState, Outcome, boolean]>([
  ["newer", state(v(6)), kept(v(5)), "kept", true],
  ["newer, by time alone", state(at(11, "Ulm")), kept(at(10, "Bonn")), "kept", true],
  ["late", state(v(4, 9)), kept(v(5)), "nothing", false],
  ["late, of the same second", state(v(4)), kept(v(5)), "nothing", false],
  ["late, by time alone", state(at(9, "Ulm")), kept(at(10, "Bonn")), "nothing", false],
  ["again", state(v(5)), kept(v(5)), "nothing", false],
  ["again, without versions", state(at(10, "Bonn")), kept(at(10, "Bonn")), "nothing", false],
  ["older by version and later by time", state(v(3, 12)), kept(v(5)), "doubted", true],
  ["late, by a time in the future", state(at(11, "Ulm")), kept(at(2e9, "Bonn")), "doubted", true],
  ["late, with that time and a version", state(v(4, 11)), kept(v(5, 2e9)), "nothing", false],
  ["of that version later", state(v(5, 12, { location: "Ulm" })), kept(v(5)), "kept", true],
  ["of that version later, the same", state(v(5, 12)), kept(v(5)), "nothing", false],
  ["a part of it again", state(v(5, 10, { ...part, custom: {} })), kept(v(5)), "nothing", false],
  ["newer and a part", state(v(6, 11, part)), kept(v(5)), "forgotten", true],
  ["newer and a part, after another", state(v(6, 11, part)), unknown(v(5)), "forgotten", true],
  ["newer, of one of which nothing is known", state(v(6, 11)), unknown(v(5)), "forgotten", true],
  ["newer and without a time zone", state(v(6, 11, zoneless)), kept(v(5)), "forgotten", true],
  ["newer and without a field", state(v(6, 11, { custom: {} })), kept(v(5)), "kept", true],
])("a webhook, %s", (_what, arrived, before, outcome, news) => {
  expect(outcomeOf(arrived, before)).toEqual([outcome, news]);
});

test.each([
  ["without versions", at(10, "Ulm"), at(10, "Bonn")],
  ["of one version", v(5, 10, { location: "Ulm" }), v(5)],
])(
  "two webhooks of one second %s: the Event is read before either is used",
  (_what, one, other) => {
    const { row, news } = judge(state(one), kept(other));
    expect([row?.doubted, news]).toEqual([1, true]);
  },
);

test.each<[string, EventState, KeptState, Outcome, boolean]>([
  ["older, asked for later", state(v(4), { source: "list" }), kept(v(5)), "doubted", true],
  [
    "older, asked for before",
    state(v(4), { source: "list", receivedAt: 50 }),
    kept(v(5)),
    "nothing",
    false,
  ],
  [
    "older, asked for long before, by a clock that was wrong",
    state(v(4), { source: "list" }),
    kept(v(5), { received_at: 600_000 }),
    "doubted",
    true,
  ],
  [
    "of one second, another",
    state(at(10, "Ulm"), { source: "list" }),
    kept(at(10, "Bonn")),
    "doubted",
    true,
  ],
  [
    "of that version at another time",
    state(v(5, 12, { location: "Ulm" }), { source: "list" }),
    kept(v(5)),
    "doubted",
    true,
  ],
  [
    "of that version within one second",
    state(v(5, 10, { location: "Ulm" }), { source: "list" }),
    kept(v(5)),
    "doubted",
    true,
  ],
  ["a part", state(v(6, 11, part), { source: "list" }), kept(v(5)), "forgotten", true],
  ["the same", state(v(5), { source: "list" }), kept(v(5)), "nothing", false],
  [
    "the same, and more of it",
    state(v(5), { source: "list" }),
    kept(v(5, 10, { custom: {} })),
    "refreshed",
    false,
  ],
  [
    "of one that counts as deleted",
    state(v(5), { source: "list" }),
    kept(v(5), { deleted: 1 }),
    "forgotten",
    true,
  ],
])("in a list, %s", (_what, arrived, before, outcome, news) => {
  expect(outcomeOf(arrived, before)).toEqual([outcome, news]);
});

test.each<[string, EventState, KeptState, Outcome, boolean]>([
  ["the same", state(v(5), { source: "read" }), kept(v(5), { doubted: 1 }), "refreshed", false],
  ["older, once", state(v(4), { source: "read" }), kept(v(5)), "doubted", false],
  [
    "older, twice",
    state(v(4), { source: "read", stepsBackFrom: { version: 5, updatedAt: 10_000 } }),
    kept(v(5)),
    "kept",
    true,
  ],
  [
    "older, twice, and overtaken by a webhook",
    state(v(4), { source: "read", receivedAt: 50, stepsBackFrom: { version: 5, updatedAt: 1 } }),
    kept(v(6)),
    "nothing",
    false,
  ],
  ["late, by a time in the future", state(at(11, "Ulm")), kept(at(2e9, "Bonn")), "doubted", true],
  ["late, with that time and a version", state(v(4, 11)), kept(v(5, 2e9)), "nothing", false],
  ["newer and a part", state(v(6, 11, part), { source: "read" }), kept(v(5)), "kept", true],
  [
    "of a write, newer and a part",
    state(v(6, 11, part), { source: "write" }),
    kept(v(5)),
    "forgotten",
    true,
  ],
])("read from Circa, %s", (_what, arrived, before, outcome, news) => {
  expect(outcomeOf(arrived, before)).toEqual([outcome, news]);
});

test("a read of the same version that leaves something out takes nothing away", () => {
  const before = kept(v(5));
  const { row } = judge(state(v(5, 10, { custom: null }), { source: "read" }), before);
  expect(row).toMatchObject({ body: before.body, received_at: 200 });
});

describe("freshness", () => {
  let nowMs: number;
  let mayMiss: boolean;
  const fresh = () => createFreshness({ now: () => nowMs }, () => mayMiss);
  beforeEach(() => {
    nowMs = 1_000_000;
    mayMiss = false;
  });

  test("lasts a minute", () => {
    const { isFresh } = fresh();
    nowMs += 61_000;
    expect([isFresh(nowMs - 59_000), isFresh(nowMs - 61_000)]).toEqual([true, false]);
  });

  test("is none from before the start, nor where webhooks may be missed, nor from the future", () => {
    const { isFresh } = fresh();
    expect(isFresh(nowMs - 1)).toBe(false);
    expect(isFresh(nowMs + 120_000)).toBe(false);
    mayMiss = true;
    expect(isFresh(nowMs)).toBe(false);
  });
});

test.each(["read", "list", "webhook"] as const)(
  "a %s of the version that is kept, each telling what the other leaves out: both are kept",
  (source) => {
    const before = kept(v(5, 10, { basics: { name: "Expo", time_zone: "UTC" }, custom: { f: 1 } }));
    const campaign = { salesforce_campaign_id: "701000000000001AAA" };
    const told = v(5, 10, { basics: { name: "Expo", ...campaign }, custom: { g: 2 } });
    const { row, news } = judge(state(told, { source }), before);
    expect(news).toBe(false);
    expect(readBody(row?.body ?? "")).toMatchObject({
      ...{ campaignId: campaign.salesforce_campaign_id, timeZone: "UTC" },
      values: { name: "Expo", f: 1, g: 2 },
    });
  },
);
