import type { LinkPlan, PlanInput } from "../../../middleware/sync/plan/link-plan.ts";
import { planLink } from "../../../middleware/sync/plan/plan.ts";
import {
  aCampaign,
  aCampaignField,
  aCircaField,
  aMapping,
  anEvent,
  aPicklistField,
  noPeople,
} from "../../support/builders.ts";

const toSalesforce = aMapping();
const fromSalesforce = aMapping({ direction: "from_salesforce" });
const tier = aPicklistField(["A", "B"], { name: "Tier__c", label: "Tier" });
const tierOfEvent = aCircaField({
  key: "tier",
  label: "Tier",
  type: "SELECT",
  options: ["A", "B"],
});
const picklistTo = aMapping({ circa: tierOfEvent, campaign: tier });
const picklistFrom = aMapping({
  circa: tierOfEvent,
  campaign: tier,
  direction: "from_salesforce",
});
const keepTo = aMapping({ blankRule: "keep" });
const checkbox = {
  circa: aCircaField({ type: "CHECKBOX" }),
  campaign: aCampaignField({ type: "boolean", nillable: false }),
};
const checkboxTo = aMapping(checkbox);
const checkboxFrom = aMapping({ ...checkbox, direction: "from_salesforce" });
const number = {
  circa: aCircaField({ type: "NUMBER" }),
  campaign: aCampaignField({ type: "double", precision: 9, scale: 0 }),
};
const numberTo = aMapping(number);
const numberFrom = aMapping({ ...number, direction: "from_salesforce" });

function plan(
  eventValue: unknown,
  campaignValue: unknown,
  given: Partial<PlanInput> = {},
): LinkPlan {
  const mapping = given.mappings?.[0] ?? toSalesforce;
  return planLink({
    mappings: [mapping],
    event: anEvent({ [mapping.circa.key]: eventValue }),
    campaign: aCampaign({ [mapping.campaign.name]: campaignValue }),
    initialised: new Set([mapping.identity]),
    baseline: {},
    context: noPeople,
    ...given,
  });
}

/** What is written where: `["campaign", "Berlin"]`. */
const writes = ({ changes }: LinkPlan) => changes.map(({ target, newValue }) => [target, newValue]);

describe("a mapping TO Salesforce", () => {
  test("writes the Event's value to the Campaign", () => {
    expect(writes(plan("Berlin", "Bern"))).toEqual([["campaign", "Berlin"]]);
  });

  test("writes nothing when both sides say the same, so that an echo dies", () => {
    expect(plan("Berlin", "Berlin").changes).toEqual([]);
  });

  test("copies a blank", () => {
    expect(writes(plan(null, "Bern"))).toEqual([["campaign", null]]);
  });

  test("leaves the Campaign alone on a blank when the rule is Keep", () => {
    const keep = aMapping({ blankRule: "keep" });
    expect(plan("", "Bern", { mappings: [keep] }).changes).toEqual([]);
  });

  test("makes a value that does not fit a problem, and writes the other fields", () => {
    const long = aMapping({ campaign: aCampaignField({ length: 5 }) });
    const website = aMapping({
      circa: aCircaField({ key: "website", label: "Website" }),
      campaign: aCampaignField({ name: "Website__c" }),
    });
    const outcome = plan("Frankfurt am Main", "Bern", {
      mappings: [long, website],
      event: anEvent({ location: "Frankfurt am Main", website: "example.com" }),
    });
    expect(outcome.problems.map(({ code, fieldKey }) => [code, fieldKey])).toEqual([
      ["VALUE_TOO_LONG", "location"],
    ]);
    expect(writes(outcome)).toEqual([["campaign", "example.com"]]);
  });

  test("makes a blank in a required Campaign field a problem", () => {
    const required = aMapping({ campaign: aCampaignField({ nillable: false }) });
    const outcome = plan(null, "Bern", { mappings: [required] });
    expect(outcome.changes).toEqual([]);
    expect(outcome.problems[0]?.code).toBe("REQUIRED_BLANK");
  });

  test("says so when the Campaign was edited meanwhile and is reverted", () => {
    const outcome = plan("Berlin", "edited in Salesforce", { baseline: { location: "Berlin" } });
    expect(outcome.changes[0]?.note).toBe("put_back_in_salesforce");
  });

  test("does not call an ordinary edit in Circa a put-back", () => {
    const outcome = plan("Berlin", "Bern", { baseline: { location: "Bern" } });
    expect(outcome.changes[0]?.note).toBeNull();
  });
});

describe("a mapping FROM Salesforce", () => {
  const given = { mappings: [fromSalesforce], initialised: new Set([fromSalesforce.identity]) };

  test("writes the Campaign's value to the Event", () => {
    expect(writes(plan("Berlin", "Bern", given))).toEqual([["event", "Bern"]]);
  });

  test("says so when the Event was edited past the lock and is reverted", () => {
    const outcome = plan("past the lock", "Bern", { ...given, baseline: { location: "Bern" } });
    expect(outcome.changes[0]?.note).toBe("put_back_in_circa");
  });

  test("makes a blank in a required Event field a problem", () => {
    const required = aMapping({
      direction: "from_salesforce",
      circa: aCircaField({ required: true }),
    });
    expect(plan("Berlin", null, { mappings: [required] }).problems[0]?.code).toBe("REQUIRED_BLANK");
  });
});

describe("first contact", () => {
  const unmet = { initialised: new Set<string>() };

  test("takes the Event's value for a field TO Salesforce", () => {
    expect(writes(plan("Berlin", "Bern", unmet))).toEqual([["campaign", "Berlin"]]);
  });

  test("takes the Campaign's value for a picklist TO Salesforce", () => {
    const outcome = plan("A", "B", { ...unmet, mappings: [picklistTo] });
    expect(writes(outcome)).toEqual([["event", "B"]]);
    expect(outcome.firstContacts).toEqual([picklistTo.identity]);
  });

  test("sends the Event's picklist value when the Campaign has none to give", () => {
    expect(writes(plan("A", null, { ...unmet, mappings: [picklistTo] }))).toEqual([
      ["campaign", "A"],
    ]);
  });

  test.each([
    ["TO Salesforce", toSalesforce, null, "Bern", ["event", "Bern"]],
    ["FROM Salesforce", fromSalesforce, "Berlin", null, ["campaign", "Berlin"]],
    ["FROM Salesforce, a picklist", picklistFrom, "A", null, ["campaign", "A"]],
    ["of white space", toSalesforce, "  ", "Bern", ["event", "Bern"]],
    ["of a checkbox", checkboxTo, null, true, ["event", true]],
    ["of a number", numberFrom, 0, null, ["campaign", 0]],
    ["under Keep", keepTo, null, "Bern", ["event", "Bern"]],
  ])("a blank %s overwrites nothing: it takes the other side's value", (...given) => {
    const [, mapping, eventValue, campaignValue, written] = given;
    const outcome = plan(eventValue, campaignValue, { ...unmet, mappings: [mapping] });
    expect(writes(outcome)).toEqual([written]);
    expect(outcome).toMatchObject({
      problems: [],
      heldBlanks: [],
      firstContacts: [mapping.identity],
    });
  });

  test.each([
    ["0", numberTo, 0, 7, ["campaign", 0]],
    ["an unticked checkbox on the Event", checkboxTo, false, true, ["campaign", false]],
    ["an unticked checkbox on the Campaign", checkboxFrom, true, false, ["event", false]],
  ])("%s is a value, no blank", (...given) => {
    const [, mapping, eventValue, campaignValue, written] = given;
    const outcome = plan(eventValue, campaignValue, { ...unmet, mappings: [mapping] });
    expect(writes(outcome)).toEqual([written]);
  });

  describe("a blank that can't be filled", () => {
    const derived = aMapping({ circa: aCircaField({ readOnly: true }) });
    const formula = aMapping({
      direction: "from_salesforce",
      campaign: aCampaignField({ updateable: false, calculated: true }),
    });
    const short = aMapping({
      direction: "from_salesforce",
      campaign: aCampaignField({ length: 3 }),
    });
    const cases = [
      ["a field that Circa works out", derived, null, "Bern"],
      ["a formula", formula, "Berlin", null],
      ["a field that the value does not fit", short, "Berlin", null],
    ] as const;

    test.each(cases)("%s: held, at first and on the pass after it", (...given) => {
      const [, mapping, eventValue, campaignValue] = given;
      const first = plan(eventValue, campaignValue, { ...unmet, mappings: [mapping] });
      expect(first).toMatchObject({ changes: [], problems: [], firstContacts: [mapping.identity] });
      expect(first.heldBlanks).toHaveLength(1);
      const held = new Set([mapping.identity]);
      const next = plan(eventValue, campaignValue, { mappings: [mapping], held });
      expect(next).toMatchObject({ changes: [], problems: [], firstContacts: [] });
      expect(next.heldBlanks).toHaveLength(1);
    });

    test("goes over once the blank side has changed; a later clear travels", () => {
      const held = new Set([derived.identity]);
      const filled = plan("Berlin", "Bern", { mappings: [derived], held });
      expect(writes(filled)).toEqual([["campaign", "Berlin"]]);
      expect(filled.heldBlanks).toEqual([]);
      expect(writes(plan(null, "Berlin", { mappings: [derived] }))).toEqual([["campaign", null]]);
    });

    test("stays held when the mapping kept blanks and copies them from now on", () => {
      const kept = { ...derived, blankRule: "keep" as const };
      const outcome = plan(null, "Bern", { ...unmet, mappings: [kept] });
      expect(outcome).toMatchObject({ changes: [], problems: [] });
      expect(outcome.heldBlanks).toHaveLength(1);
      const held = new Set([derived.identity]);
      expect(plan(null, "Bern", { mappings: [derived], held }).changes).toEqual([]);
    });
  });

  test("has happened once: afterwards the direction rules", () => {
    expect(writes(plan("A", "B", { mappings: [picklistTo] }))).toEqual([["campaign", "A"]]);
  });

  test("is marked even when nothing has to be written", () => {
    expect(plan("Berlin", "Berlin", unmet).firstContacts).toEqual([toSalesforce.identity]);
  });

  test("is not marked while a value can't go through", () => {
    const long = aMapping({ campaign: aCampaignField({ length: 2 }) });
    expect(plan("Berlin", "Bern", { ...unmet, mappings: [long] }).firstContacts).toEqual([]);
  });
});

describe("what Circa did not tell", () => {
  const silent = { event: anEvent({}) };
  const custom = aMapping({ circa: aCircaField({ key: "Q3VzdG9t", custom: true }) });

  test("is not blank: the Campaign's value stays", () => {
    expect(plan(null, "Bern", silent).changes).toEqual([]);
    expect(plan(null, "Bern", { ...silent, mappings: [custom] }).changes).toEqual([]);
  });

  test("is a problem where the Campaign has a value, and no initial sync", () => {
    const initialised = new Set<string>();
    for (const mapping of [toSalesforce, custom]) {
      const outcome = plan(null, "Bern", { ...silent, initialised, mappings: [mapping] });
      expect(outcome.problems.map(({ code }) => code)).toEqual(["NOT_TOLD_BY_CIRCA"]);
      expect(outcome.firstContacts).toEqual([]);
      expect(outcome.untold).toEqual([mapping]);
    }
  });

  test("is none where the Campaign has no value either, and still no initial sync", () => {
    const outcome = plan(null, null, { ...silent, initialised: new Set(), mappings: [custom] });
    expect(outcome).toMatchObject({ changes: [], problems: [], firstContacts: [] });
  });

  test("does not keep the Campaign's own value from the Event", () => {
    const given = {
      ...silent,
      mappings: [fromSalesforce],
      initialised: new Set([fromSalesforce.identity]),
    };
    expect(writes(plan(null, "Bern", given))).toEqual([["event", "Bern"]]);
  });
});

describe("two blanks that meet for the first time", () => {
  const first = { initialised: new Set<string>() };
  test.each<[string, unknown, unknown, Partial<PlanInput>, boolean]>([
    ["both null", null, null, { ...first, mappings: [fromSalesforce] }, true],
    ["blanks of other forms", " ", "", { ...first, mappings: [fromSalesforce] }, true],
    ["an empty list", [], null, { ...first, mappings: [picklistFrom] }, true],
    ["the Event has a value", "Bern", null, { ...first, mappings: [fromSalesforce] }, false],
    ["the Campaign has a value", null, "Bern", { ...first, mappings: [fromSalesforce] }, false],
    ["both have the same", "Bern", "Bern", { ...first, mappings: [fromSalesforce] }, false],
    ["Circa owns the field", null, null, { ...first, mappings: [toSalesforce] }, false],
    ["they have met before", null, null, { mappings: [fromSalesforce] }, false],
  ])("%s", (_what, eventValue, campaignValue, given, isBlankContact) => {
    const { blankContacts } = plan(eventValue, campaignValue, given);
    expect(blankContacts).toEqual(isBlankContact ? [given.mappings?.[0]?.identity] : []);
  });
});
