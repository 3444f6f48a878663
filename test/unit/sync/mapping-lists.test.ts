/** What a mapping knows of its picklist: the list, its record type, the field it depends on. */
import type { RecordTypesByName } from "../../../middleware/sync/mappings/mapping-rejections.ts";
import { checkMappings } from "../../../middleware/sync/mappings/check-mappings.ts";
import type { MappingRow } from "../../../middleware/model/admin-rows.ts";
import { withListTaken } from "../../../middleware/sync/mappings/mapping.ts";
import {
  aCircaField,
  aMapping,
  aMappingRow,
  aPicklistField,
  noPeople,
} from "../../support/builders.ts";

const tierOfEvent = aCircaField({ key: "tier", label: "Tier", type: "SELECT" });
const country = aPicklistField(["Austria"], { name: "Country__c" });
const tier = aPicklistField(["A", "B"], { name: "Tier__c", controllerName: "Country__c" });
const recordTypes: RecordTypesByName = new Map([
  ["webinar", new Map([["Tier__c", [{ value: "B", label: "Second" }]]])],
  ["hidden", null],
]);
const check = (row: Partial<MappingRow>) =>
  checkMappings(
    [aMappingRow({ circaFieldKey: "tier", campaignField: "Tier__c", ...row })],
    [tierOfEvent, aCircaField({ key: "text" })],
    [tier, country],
    new Set(),
    recordTypes,
  );

test("without a record type it has all active values, and the field that it depends on", () => {
  const [mapping] = check({}).mappings;
  expect(mapping?.listed.map(({ value }) => value)).toEqual(["A", "B"]);
  expect(mapping?.controller).toBe(country);
  expect(mapping?.removed).toEqual([]);
});

test.each(["Webinar", "WEBINAR"])("with record type %s it has that one's values", (recordType) => {
  expect(check({ recordType }).mappings[0]?.listed).toEqual([{ value: "B", label: "Second" }]);
});

test.each([
  ["Roadshow", "UNKNOWN_RECORD_TYPE", /no active record type Roadshow/],
  ["Hidden", "RECORD_TYPE_UNREADABLE", /Hidden.*Assign the record type/],
])("with record type %s the row is off: %s", (recordType, code, reason) => {
  const { mappings, rejected } = check({ recordType });
  expect(mappings).toEqual([]);
  expect(rejected).toEqual([
    expect.objectContaining({ code, reason: expect.stringMatching(reason) as string }),
  ]);
});

test("a field of Circa without options does not get Salesforce's list", () => {
  expect(check({}).mappings[0]?.picklist).toBe(true);
  expect(check({ circaFieldKey: "text" }).mappings[0]?.picklist).toBe(false);
});

test("once Circa has taken the list, values are written as the list has them", () => {
  const labelled = aPicklistField([], {
    name: "Tier__c",
    picklistValues: [
      { value: "REG", label: "Regional", active: true, defaultValue: false, validFor: null },
    ],
  });
  const before = aMapping({
    circa: { ...tierOfEvent, options: ["Regional"] },
    campaign: labelled,
    direction: "from_salesforce",
  });
  const toCirca = (mapping: typeof before) => mapping.conversion.toCirca("REG", noPeople);
  expect(toCirca(before)).toEqual({ ok: true, value: "Regional" });
  expect(toCirca(withListTaken(before))).toEqual({ ok: true, value: "REG" });
});
