import { checkMappings } from "../../../middleware/sync/mappings/check-mappings.ts";
import type { MappingRow } from "../../../middleware/model/admin-rows.ts";
import { aCampaignField, aCircaField, aMappingRow } from "../../support/builders.ts";

const circaFields = [
  aCircaField(),
  aCircaField({ key: "website", label: "Website", type: "URL" }),
  aCircaField({ key: "paid_total", label: "Paid total", type: "CURRENCY", readOnly: true }),
];
const campaignFields = [
  aCampaignField(),
  aCampaignField({ name: "Formula__c", label: "Formula", updateable: false, calculated: true }),
  aCampaignField({ name: "Paid__c", label: "Paid", type: "currency", precision: 16, scale: 2 }),
  aCampaignField({ name: "Flag__c", label: "Flag", type: "boolean" }),
  aCampaignField({ name: "Circa_Sync_Status__c", label: "Sync status" }),
];

const check = (...rows: Partial<MappingRow>[]) =>
  checkMappings(
    rows.map((row) => aMappingRow(row)),
    circaFields,
    campaignFields,
    new Set(["Circa_Sync_Status__c"]),
  );

test("a row that can work is a mapping", () => {
  const { mappings, rejected } = check({});
  expect(rejected).toEqual([]);
  expect(mappings.map(({ circa, campaign }) => [circa.key, campaign.name])).toEqual([
    ["location", "Circa_Location__c"],
  ]);
});

test("a row that is off is neither a mapping nor rejected, whatever it says", () => {
  expect(check({ active: false, circaFieldKey: null })).toEqual({ mappings: [], rejected: [] });
});

test.each<[string, Partial<MappingRow>, RegExp]>([
  ["NO_CIRCA_FIELD", { circaFieldKey: null }, /names no Circa field/],
  ["NO_CAMPAIGN_FIELD", { campaignField: null }, /names no Campaign field/],
  ["NO_DIRECTION", { direction: null }, /no direction/],
  ["UNKNOWN_CIRCA_FIELD", { circaFieldKey: "gone" }, /"gone"/],
  ["UNKNOWN_CAMPAIGN_FIELD", { campaignField: "Gone__c" }, /Gone__c.*permission set/],
  ["RESERVED_CAMPAIGN_FIELD", { campaignField: "Circa_Sync_Status__c" }, /kept by the sync/],
  ["CAMPAIGN_FIELD_READ_ONLY", { campaignField: "Formula__c" }, /Formula.*formula/],
  [
    "CIRCA_FIELD_READ_ONLY",
    { circaFieldKey: "paid_total", campaignField: "Paid__c", direction: "from_salesforce" },
    /Paid total.*To Salesforce/,
  ],
  ["TYPES_DO_NOT_FIT", { campaignField: "Flag__c" }, /./],
])("%s: the row is off, with a reason for the admin", (code, row, reason) => {
  const { mappings, rejected } = check(row);
  expect(mappings).toEqual([]);
  expect(rejected.map((it) => it.code)).toEqual([code]);
  expect(rejected[0]?.reason).toMatch(reason);
});

test("of two rows for one Campaign field the first by name works, whatever their order", () => {
  const first = { developerName: "A_row" };
  const second = { developerName: "B_row", circaFieldKey: "website" };
  for (const rows of [
    [first, second],
    [second, first],
  ]) {
    const { mappings, rejected } = check(...rows);
    expect(mappings.map((it) => it.developerName)).toEqual(["A_row"]);
    expect(rejected).toEqual([
      expect.objectContaining({ developerName: "B_row", code: "CAMPAIGN_FIELD_TAKEN" }),
    ]);
    expect(rejected[0]?.reason).toContain("A_row");
  }
});

test("a rejected row takes nothing away from the others", () => {
  const { mappings, rejected } = check(
    { developerName: "A_broken", circaFieldKey: "gone" },
    { developerName: "B_good" },
  );
  expect(mappings).toHaveLength(1);
  expect(rejected).toHaveLength(1);
});
