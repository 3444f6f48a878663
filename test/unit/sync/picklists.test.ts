import {
  allowedValues,
  compareLists,
  controllingPosition,
  findNotAllowed,
  findRemoved,
  isValidFor,
  offeredValues,
  storedValues,
  type KeptList,
  type ListedValue,
} from "../../../middleware/model/picklists.ts";
import type { PicklistValue } from "../../../middleware/model/fields.ts";
import { aCampaignField, aPicklistField } from "../../support/builders.ts";

const listed = (...values: string[]): ListedValue[] =>
  values.map((value) => ({ value, label: value }));
const entry = (value: string, given: Partial<PicklistValue> = {}): PicklistValue => ({
  value,
  label: value,
  active: true,
  defaultValue: false,
  validFor: null,
  ...given,
});

describe("what a picklist offers", () => {
  const field = aPicklistField([], {
    name: "Tier__c",
    picklistValues: [
      entry("B", { label: "Second" }),
      entry("Old", { active: false }),
      entry("A", { label: "First" }),
    ],
  });

  test("is its active values in Salesforce's order, with their labels", () => {
    expect(offeredValues(field)).toEqual([
      { value: "B", label: "Second" },
      { value: "A", label: "First" },
    ]);
  });

  test("is the record type's list where there is one for the field", () => {
    const list = listed("A");
    expect(offeredValues(field, new Map([["Tier__c", list]]))).toBe(list);
    expect(offeredValues(field, new Map([["Other__c", list]]))).toEqual(offeredValues(field));
  });

  test("is nothing for a field that is no picklist", () => {
    expect(offeredValues(aCampaignField())).toEqual([]);
  });
});

test.each([
  ["picklist", "A;B", ["A;B"]],
  ["multipicklist", "A;B", ["A", "B"]],
  ["multipicklist", null, []],
  ["picklist", "", []],
  ["picklist", 7, []],
])("a %s holding %j holds %j", (type, value, values) => {
  expect(storedValues(aCampaignField({ type }), value)).toEqual(values);
});

describe("the bits of validFor", () => {
  test.each([
    // One byte `1000 0000` and `0000 0001`, and `1010 0000` as a real org gives it.
    ["gA==", [0]],
    ["AQ==", [7]],
    ["oAAA", [0, 2]],
    ["AAAI", [20]],
    ["AIA=", [8]],
    ["", []],
  ])("%j allows the places %j, counted from the highest bit", (validFor, places) => {
    const set = Array.from({ length: 32 }, (_, place) => place);
    expect(set.filter((place) => isValidFor(validFor, place))).toEqual(places);
  });
});

describe("a dependent picklist", () => {
  const country = aPicklistField(["Austria", "Germany"], { name: "Country__c" });
  const virtual = aCampaignField({ name: "Is_Virtual__c", type: "boolean" });
  const city = aPicklistField([], {
    picklistValues: [
      entry("Vienna", { validFor: "gA==" }),
      entry("Berlin", { validFor: "QA==" }),
      entry("Online", { validFor: "wA==" }),
      entry("Bonn", { validFor: "QA==", active: false }),
      entry("Nowhere", { validFor: "AA==" }),
    ],
  });

  test.each([
    [country, "Austria", 0],
    [country, "Germany", 1],
    [country, "Atlantis", null],
    [country, null, null],
    [virtual, false, 0],
    [virtual, true, 1],
    [virtual, null, 0],
  ])("%# places the controlling value", (controller, value, position) => {
    expect(controllingPosition(controller, value)).toBe(position);
  });

  test.each([
    ["Austria", ["Vienna", "Online"]],
    ["Germany", ["Berlin", "Online"]],
    [null, []],
  ])("under %j offers %j", (value, values) => {
    expect(allowedValues(city, country, value).map((it) => it.value)).toEqual(values);
  });

  test.each([
    ["Austria", ["Vienna"], undefined],
    ["Austria", ["Online", "Berlin"], "Berlin"],
    ["Austria", ["typed in"], undefined],
    [null, ["Vienna"], "Vienna"],
    [null, [], undefined],
  ])("under %j finds in %j the value that is not allowed: %j", (controlling, values, found) => {
    expect(findNotAllowed(city, country, controlling, values)).toBe(found);
  });

  test("of a checkbox knows unchecked from checked", () => {
    const places = aPicklistField([], {
      picklistValues: [entry("Hall", { validFor: "gA==" }), entry("Stream", { validFor: "QA==" })],
    });
    expect(findNotAllowed(places, virtual, false, ["Hall"])).toBeUndefined();
    expect(findNotAllowed(places, virtual, false, ["Stream"])).toBe("Stream");
    expect(findNotAllowed(places, virtual, true, ["Stream"])).toBeUndefined();
  });

  test("whose values name no controlling values takes them all", () => {
    expect(findNotAllowed(aPicklistField(["A"]), country, null, ["A"])).toBeUndefined();
  });
});

describe("comparing a list with how it was", () => {
  const kept = (offered: readonly ListedValue[], removed: KeptList["removed"] = []): KeptList => ({
    offered,
    removed,
  });

  test("seen for the first time it has lost nothing", () => {
    expect(compareLists(null, listed("A"))).toEqual(kept(listed("A")));
  });

  test("finds what is gone, and nothing in another order or with another label", () => {
    expect(compareLists(kept(listed("A", "B", "C")), listed("C", "A")).removed).toEqual([
      { value: "B", label: "B", successor: null },
    ]);
    expect(compareLists(kept(listed("A")), [{ value: "A", label: "New" }]).removed).toEqual([]);
  });

  test("remembers what was gone before, until it is back", () => {
    const first = compareLists(kept(listed("A", "B")), listed("A"));
    const second = compareLists(first, listed("A", "C"));
    expect(second.removed.map(({ value }) => value)).toEqual(["B"]);
    const back = compareLists(second, listed("B", "C"));
    expect(back.removed.map(({ value }) => value)).toEqual(["A"]);
    expect(compareLists(back, listed("C")).removed.map(({ value }) => value)).toEqual(["A", "B"]);
  });

  test("takes a new value with the old label, or in the old one's place, for a rename", () => {
    const before = kept([{ value: "REG", label: "Regional" }, ...listed("Local")]);
    const relabelled = [...listed("Local"), { value: "REGION", label: "Regional" }];
    expect(compareLists(before, relabelled).removed[0]?.successor).toBe("REGION");
    expect(compareLists(before, listed("Area", "Local")).removed[0]?.successor).toBe("Area");
    expect(compareLists(before, listed("Local", "Area", "New")).removed[0]?.successor).toBeNull();
  });
});

test("an Event holds a removed value by its value or by its label, unless that is offered again", () => {
  const removed = [
    { value: "REG", label: "Regional", successor: null },
    { value: "LOC", label: "Local", successor: null },
  ];
  const found = (values: string[], offered: ListedValue[] = []) =>
    findRemoved(values, removed, offered).map(({ value }) => value);
  expect(found(["REG", "Local", "Other"])).toEqual(["REG", "LOC"]);
  expect(found(["Local"], [{ value: "L", label: "Local" }])).toEqual([]);
});
