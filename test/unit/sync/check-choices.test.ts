/** Picklist rules that look beyond one field, seen through the plan of a whole link. */
import type { RecordTypeLookup } from "../../../middleware/sync/mappings/record-type-lists.ts";
import type { LinkPlan, PlanInput } from "../../../middleware/sync/plan/link-plan.ts";
import type { CampaignField } from "../../../middleware/model/fields.ts";
import type { Mapping } from "../../../middleware/sync/mappings/mapping.ts";
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
import { worded, type Worded } from "../../support/worded.ts";

const select = (key: string, label: string) => aCircaField({ key, label, type: "SELECT" });
const withValidFor = (field: CampaignField, ...bits: string[]): CampaignField => ({
  ...field,
  picklistValues: field.picklistValues.map((value, index) => ({
    ...value,
    validFor: bits[index] ?? null,
  })),
});

const country = aPicklistField(["Austria", "Germany"], { name: "Country__c", label: "Country" });
const city = withValidFor(
  aPicklistField(["Vienna", "Berlin", "Online"], {
    name: "City__c",
    label: "City",
    controllerName: "Country__c",
  }),
  "gA==",
  "QA==",
  "wA==",
);
const countryTo = aMapping({ circa: select("country", "Country"), campaign: country });
const cityTo: Mapping = {
  ...aMapping({ circa: select("city", "City"), campaign: city }),
  controller: country,
};

interface Sides {
  readonly event: Record<string, unknown>;
  readonly campaign: Record<string, unknown>;
  readonly recordTypeId?: string;
}

function plan(
  mappings: readonly Mapping[],
  { event, campaign, recordTypeId }: Sides,
  given: Partial<PlanInput> = {},
): LinkPlan {
  return planLink({
    mappings,
    event: anEvent(event),
    campaign: aCampaign(campaign, { recordTypeId: recordTypeId ?? null }),
    initialised: new Set(mappings.map(({ identity }) => identity)),
    baseline: {},
    context: noPeople,
    ...given,
  });
}
const writes = ({ changes }: LinkPlan) =>
  changes.map(({ mapping, target, newValue }) => [mapping.circa.key, target, newValue]);
/** The first problem as it is read. */
const wordsIn = ([problem]: LinkPlan["problems"]): Worded => worded(problem!);
const codes = ({ problems }: LinkPlan) => problems.map(({ fieldKey, code }) => [fieldKey, code]);

describe("a picklist that depends on another field", () => {
  test("is written when the controlling value allows it", () => {
    const outcome = plan([cityTo], {
      event: { city: "Berlin" },
      campaign: { City__c: null, Country__c: "Germany" },
    });
    expect(writes(outcome)).toEqual([["city", "campaign", "Berlin"]]);
    expect(outcome.problems).toEqual([]);
  });

  test("is a problem that names both fields when it does not", () => {
    const outcome = plan([cityTo], {
      event: { city: "Berlin" },
      campaign: { City__c: null, Country__c: "Austria" },
    });
    expect(writes(outcome)).toEqual([]);
    expect(outcome.problems.map(worded)).toEqual([
      {
        code: "VALUE_NOT_FOR_CONTROLLING_VALUE",
        message: `Circa's "City" holds "Berlin", which the Campaign's "City" does not allow while the Campaign's "Country" is "Austria".`,
        hint: `Choose one of "Vienna", "Online" in Circa's "City", or change "Country", on which it depends.`,
        fieldKey: "city",
        fieldLabel: "City",
      },
    ]);
  });

  test("is judged by the controlling value that the same plan writes", () => {
    const moved = plan([cityTo, countryTo], {
      event: { city: "Berlin", country: "Germany" },
      campaign: { City__c: "Vienna", Country__c: "Austria" },
    });
    expect(codes(moved)).toEqual([]);
    expect(writes(moved)).toHaveLength(2);
    const left = plan([cityTo, countryTo], {
      event: { city: "Vienna", country: "Germany" },
      campaign: { City__c: "Vienna", Country__c: "Austria" },
    });
    expect(writes(left)).toEqual([["country", "campaign", "Germany"]]);
    expect(codes(left)).toEqual([["city", "VALUE_NOT_FOR_CONTROLLING_VALUE"]]);
  });

  test("is judged by the value that stays when the controlling one can't go through", () => {
    const outcome = plan([cityTo, countryTo], {
      event: { city: "Berlin", country: "Atlantis" },
      campaign: { City__c: "Vienna", Country__c: "Austria" },
    });
    expect(writes(outcome)).toEqual([]);
    expect(codes(outcome)).toEqual([
      ["city", "VALUE_NOT_FOR_CONTROLLING_VALUE"],
      ["country", "VALUE_NOT_IN_LIST"],
    ]);
  });

  test("takes down with it what depends on it in turn", () => {
    const venue = withValidFor(
      aPicklistField(["Hofburg", "Tempodrom"], { name: "Venue__c", label: "Venue" }),
      "gA==",
      "QA==",
    );
    const venueTo: Mapping = {
      ...aMapping({ circa: select("venue", "Venue"), campaign: venue }),
      controller: city,
    };
    const outcome = plan([venueTo, cityTo], {
      event: { city: "Berlin", venue: "Tempodrom" },
      campaign: { City__c: "Vienna", Country__c: "Austria", Venue__c: "Hofburg" },
    });
    expect(writes(outcome)).toEqual([]);
    expect(codes(outcome)).toEqual([
      ["venue", "VALUE_NOT_FOR_CONTROLLING_VALUE"],
      ["city", "VALUE_NOT_FOR_CONTROLLING_VALUE"],
    ]);
  });

  test("may be blank under every value, and has none under a blank one", () => {
    const blank = { City__c: "Vienna", Country__c: null };
    expect(codes(plan([cityTo], { event: { city: null }, campaign: blank }))).toEqual([]);
    const { problems } = plan([cityTo], { event: { city: "Vienna" }, campaign: blank });
    expect(wordsIn(problems).message).toMatch(/"Country" is blank\.$/);
    expect(wordsIn(problems).hint).toMatch(/^Leave Circa's "City" blank, or change "Country"/);
  });

  test("synced FROM Salesforce is not judged: the Campaign's value is Salesforce's own affair", () => {
    const cityFrom: Mapping = {
      ...aMapping({ circa: select("city", "City"), campaign: city, direction: "from_salesforce" }),
      controller: country,
    };
    const outcome = plan([cityFrom], {
      event: { city: "Vienna" },
      campaign: { City__c: "Berlin", Country__c: "Austria" },
    });
    expect(writes(outcome)).toEqual([["city", "event", "Berlin"]]);
  });

  test("depends on a checkbox as unchecked or checked", () => {
    const virtual = aCampaignField({ name: "Is_Virtual__c", label: "Is Virtual", type: "boolean" });
    const platform = withValidFor(
      aPicklistField(["Hall", "Stream"], { name: "Platform__c", label: "Platform" }),
      "gA==",
      "QA==",
    );
    const platformTo: Mapping = {
      ...aMapping({ circa: select("platform", "Platform"), campaign: platform }),
      controller: virtual,
    };
    const given = (checked: boolean): Sides => ({
      event: { platform: "Stream" },
      campaign: { Platform__c: null, Is_Virtual__c: checked },
    });
    expect(codes(plan([platformTo], given(true)))).toEqual([]);
    expect(wordsIn(plan([platformTo], given(false)).problems).message).toMatch(
      /"Is Virtual" is false/,
    );
  });
});

describe("a Campaign with a record type", () => {
  const tier = aPicklistField(["A", "B", "C"], { name: "Tier__c", label: "Tier" });
  const tierTo = aMapping({ circa: select("tier", "Tier"), campaign: tier });
  const webinar: RecordTypeLookup = (id) =>
    id === "012000000000001AAA"
      ? { label: "Webinar", list: new Map([["Tier__c", [{ value: "A", label: "A" }]]]) }
      : null;
  const sides = (value: unknown, recordTypeId: string): Sides => ({
    event: { tier: value },
    campaign: { Tier__c: "C" },
    recordTypeId,
  });
  const recordTypes = { recordTypes: webinar };

  test("takes what its record type offers", () => {
    const outcome = plan([tierTo], sides("A", "012000000000001AAA"), recordTypes);
    expect(writes(outcome)).toEqual([["tier", "campaign", "A"]]);
  });

  test("is never sent what its record type does not offer", () => {
    const outcome = plan([tierTo], sides("B", "012000000000001AAA"), recordTypes);
    expect(writes(outcome)).toEqual([]);
    expect(wordsIn(outcome.problems)).toMatchObject({
      code: "VALUE_NOT_FOR_RECORD_TYPE",
      message: `Circa's "Tier" holds "B", which the Campaign's "Tier" does not offer for its record type "Webinar".`,
      hint: `Choose one of "A" in Circa's "Tier", or have an admin add the value to the record type.`,
    });
  });

  test("keeps a value that both sides hold already", () => {
    const same = sides("C", "012000000000001AAA");
    expect(plan([tierTo], same, recordTypes).problems).toEqual([]);
  });

  test("whose values can't be read is left to Salesforce's own judgement", () => {
    const outcome = plan([tierTo], sides("B", "012000000000002AAA"), recordTypes);
    expect(writes(outcome)).toEqual([["tier", "campaign", "B"]]);
  });

  test("takes any text in an unrestricted picklist", () => {
    const free = aMapping({
      circa: select("tier", "Tier"),
      campaign: { ...tier, restrictedPicklist: false, length: 255 },
    });
    const outcome = plan([free], sides("typed in", "012000000000001AAA"), recordTypes);
    expect(writes(outcome)).toEqual([["tier", "campaign", "typed in"]]);
  });

  test("refuses the one value of a multi-select that it does not offer", () => {
    const tracks = aMapping({
      circa: aCircaField({ key: "tier", label: "Tier", type: "MULTISELECT" }),
      campaign: { ...tier, type: "multipicklist" },
    });
    const outcome = plan([tracks], sides(["A", "B"], "012000000000001AAA"), recordTypes);
    expect(wordsIn(outcome.problems).message).toContain(`holds "B"`);
  });
});

describe("a value that Salesforce has taken away", () => {
  const tier = aPicklistField(["A", "B"], { name: "Tier__c", label: "Tier" });
  const removed = [{ value: "Old", label: "Old", successor: null }];
  const mapping = (direction: Mapping["direction"], campaign = tier): Mapping => ({
    ...aMapping({ circa: select("tier", "Tier"), campaign, direction }),
    removed,
  });

  test("is not sent, in an unrestricted picklist neither", () => {
    for (const restrictedPicklist of [true, false]) {
      const field = { ...tier, restrictedPicklist, length: 255 };
      const outcome = plan([mapping("to_salesforce", field)], {
        event: { tier: "Old" },
        campaign: { Tier__c: "A" },
      });
      expect(writes(outcome)).toEqual([]);
      expect(codes(outcome)).toEqual([["tier", "VALUE_REMOVED"]]);
      expect(outcome.heldRemoved.map(({ values }) => values)).toEqual([removed]);
    }
  });

  test("is a problem even while both sides agree on it, in either direction", () => {
    const sides: Sides = { event: { tier: "Old" }, campaign: { Tier__c: "Old" } };
    expect(wordsIn(plan([mapping("to_salesforce")], sides).problems)).toEqual({
      code: "VALUE_REMOVED",
      message: `Circa's "Tier" holds "Old" (removed or renamed), which Salesforce no longer offers in the Campaign's "Tier".`,
      hint: `Choose one of "A", "B" in Circa's "Tier", or have an admin bring the value back.`,
      fieldKey: "tier",
      fieldLabel: "Tier",
    });
    expect(wordsIn(plan([mapping("from_salesforce")], sides).problems).hint).toMatch(
      /in the Campaign's "Tier"/,
    );
  });

  test("is no longer held once the Campaign gives another one", () => {
    const outcome = plan([mapping("from_salesforce")], {
      event: { tier: "Old" },
      campaign: { Tier__c: "B" },
    });
    expect(writes(outcome)).toEqual([["tier", "event", "B"]]);
    expect(outcome.heldRemoved).toEqual([]);
  });

  test("says how it went, as far as the Campaign's fields still tell", () => {
    const off = aPicklistField([], {
      ...tier,
      picklistValues: [{ ...tier.picklistValues[0]!, value: "Old", active: false }],
    });
    const words = (given: Partial<Mapping>, campaign: CampaignField) =>
      wordsIn(
        plan([{ ...mapping("to_salesforce", campaign), ...given }], {
          event: { tier: "Old" },
          campaign: { Tier__c: "Old" },
        }).problems,
      ).message;
    expect(words({}, off)).toContain(`"Old" (switched off)`);
    const renamed = [{ value: "Old", label: "Old", successor: "New" }];
    expect(words({ removed: renamed }, tier)).toContain(`"Old" (now "New", as it seems)`);
  });
});
