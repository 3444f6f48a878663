/** What one read of the catalogues lacks is kept until a second sign says that it is gone. */
import type { Catalogues } from "../../../middleware/store/intake/kept-catalogues.ts";
import type { MappingRow } from "../../../middleware/model/admin-rows.ts";
import { confirmAfterMs, MissingParts } from "../../../middleware/sync/mappings/hold-missing.ts";
import type { CampaignField } from "../../../middleware/model/fields.ts";
import type { FieldWithSync } from "../../../middleware/systems/circa/schemas.ts";

const row = (developerName: string, campaignField: string | null = "A__c") =>
  ({ developerName, campaignField, active: true }) as MappingRow;
const value = { value: "v", label: "V", active: true, defaultValue: false, validFor: null };
const campaignField = (name: string, values = 1) =>
  ({
    name,
    picklistValues: Array.from({ length: values }, () => value),
  }) as unknown as CampaignField;
const circaField = (key: string) => ({ field: { key }, crmSync: null }) as FieldWithSync;

const full: Catalogues = {
  rows: [row("a"), row("b", "B__c")],
  campaignFields: [campaignField("A__c"), campaignField("B__c")],
  circaFields: [circaField("x"), circaField("y")],
};
const nothingTold = new Set<never>();
let missing: MissingParts;
beforeEach(() => {
  missing = new MissingParts();
  missing.hold(full, nothingTold, 0);
});
const namesOf = ({ rows, campaignFields, circaFields }: Catalogues) => ({
  rows: rows.map(({ developerName }) => developerName),
  campaignFields: campaignFields.map(({ name }) => name),
  circaFields: circaFields.map(({ field }) => field.key),
});

test("nothing missing: the very same list of Campaign fields", () => {
  const held = missing.hold(full, nothingTold, 1);
  expect(held.campaignFields).toBe(full.campaignFields);
  expect(held.doubts).toEqual([]);
});

test("what another process believes to be gone is gone; what this read alone lacks is kept", () => {
  const believed = { ...full, circaFields: [circaField("y")] };
  missing.recall(believed);
  const read = { ...believed, campaignFields: [campaignField("A__c")] };
  const held = missing.hold(read, nothingTold, 1);
  expect(namesOf(held)).toEqual(namesOf(believed));
  expect(held.doubts).toEqual(["Campaign field B__c"]);
});

const lists = ["rows", "campaignFields", "circaFields"] as const;
describe.each(lists)("%s", (list) => {
  const one = { ...full, [list]: full[list].slice(1) };
  const none = { ...full, [list]: [] };

  test.each([
    ["one entry", one, 1],
    ["all entries", none, 2],
  ])("without %s once: kept, and forgotten as soon as they are back", (_what, read, count) => {
    const held = missing.hold(read, nothingTold, 1_000);
    expect(held[list]).toHaveLength(2);
    expect(held.doubts).toHaveLength(count);
    expect(missing.hold(full, nothingTold, 2_000).doubts).toEqual([]);
    // The time starts anew.
    expect(missing.hold(read, nothingTold, confirmAfterMs + 1_500)[list]).toHaveLength(2);
  });

  test("the same again later: gone", () => {
    missing.hold(none, nothingTold, 1_000);
    expect(missing.hold(none, nothingTold, 1_000 + confirmAfterMs - 1)[list]).toHaveLength(2);
    expect(missing.hold(none, nothingTold, 1_000 + confirmAfterMs)[list]).toEqual([]);
  });

  test("told of: gone at once, but not by an empty list", () => {
    expect(missing.hold(none, new Set([list]), 1_000)[list]).toHaveLength(2);
    expect(namesOf(missing.hold(one, new Set([list]), 1_000))[list]).toEqual(namesOf(one)[list]);
  });
});

test("a row that no longer names its field, though the field is there: it keeps it", () => {
  const read = { ...full, rows: [row("a", null), row("b", "B__c")] };
  expect(missing.hold(read, nothingTold, 1).rows[0]).toMatchObject({ campaignField: "A__c" });
  const later = missing.hold(read, nothingTold, 1 + confirmAfterMs);
  expect(later.rows[0]).toMatchObject({ campaignField: null });
});

test("a picklist without any value: the old ones are kept", () => {
  const read = { ...full, campaignFields: [campaignField("A__c", 0), campaignField("B__c")] };
  const held = missing.hold(read, nothingTold, 1);
  expect(held.campaignFields[0]?.picklistValues).toHaveLength(1);
  expect(held.doubts).toEqual(["the values of A__c"]);
  const later = missing.hold(read, nothingTold, 1 + confirmAfterMs);
  expect(later.campaignFields[0]?.picklistValues).toEqual([]);
});
