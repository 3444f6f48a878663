import {
  buildRows,
  directionsOf,
  filterRows,
  fittingFields,
  isChanged,
  misfitReason,
  rowToSave,
  suggestionsFor,
  takenFields,
  withDraft,
} from "c/circaMappingModel";
import { aCampaignField, aCircaField, aMapping, aMappingPage, pairs } from "testing/mappings";

describe("which fields fit", () => {
  test("both ways where the value table has both", () => {
    expect(directionsOf(pairs, aCircaField(), aCampaignField())).toEqual([
      "To_Salesforce",
      "From_Salesforce",
    ]);
  });

  test("a Circa field that is read-only goes to Salesforce only", () => {
    const readOnly = aCircaField({ readOnly: true });
    expect(directionsOf(pairs, readOnly, aCampaignField())).toEqual(["To_Salesforce"]);
  });

  test("a Campaign field that the integration may only read is good for From only", () => {
    const readable = aCampaignField({ visibility: "read" });
    expect(directionsOf(pairs, aCircaField(), readable)).toEqual(["From_Salesforce"]);
  });

  test.each([
    ["reserved", aCampaignField({ reserved: true })],
    ["type", aCampaignField({ kind: "boolean" })],
    ["permission", aCampaignField({ visibility: "none" })],
    ["permission", aCampaignField({ kind: "string", visibility: "read" })],
    ["writing", aCampaignField({ kind: "string", updateable: false })],
  ])("says why it does not fit: %s", (reason, field) => {
    expect(misfitReason(pairs, aCircaField(), field)).toBe(reason);
    expect(directionsOf(pairs, aCircaField(), field)).toEqual([]);
  });

  test("lists those that fit", () => {
    const names = fittingFields(aMappingPage(), aCircaField()).map(({ name }) => name);
    expect(names).toEqual(["EndDate", "Location__c", "StartDate"]);
  });
});

describe("suggestions", () => {
  test.each([
    ["End date", "DATE", ["EndDate"]],
    ["Begin date", "DATE", ["StartDate"]],
    ["Event location", "TEXT", ["Location__c"]],
    ["Something else", "TEXT", []],
  ])("for %s", (label, type, names) => {
    const found = suggestionsFor(aMappingPage(), aCircaField({ label, type }));
    expect(found.map(({ name }) => name)).toEqual(names);
  });

  test("leave out what is taken", () => {
    const found = suggestionsFor(aMappingPage(), aCircaField(), new Set(["StartDate"]));
    expect(found).toEqual([]);
  });
});

describe("rows", () => {
  test("stand broken first, then unmapped, mapped and off", () => {
    const page = aMappingPage({
      mappings: [
        aMapping(),
        aMapping({ rowKey: "Off", circaFieldKey: "tier", active: false }),
        aMapping({ rowKey: "Broken", circaFieldKey: "location" }, { errors: [{ message: "!" }] }),
      ],
    });
    expect(buildRows(page).map(({ circaField, rank }) => [circaField.key, rank])).toEqual([
      ["location", "broken"],
      ["end_date", "unmapped"],
      ["start_date", "mapped"],
      ["tier", "off"],
    ]);
  });

  test("hold mappings of fields that Circa no longer has", () => {
    const page = aMappingPage({ mappings: [aMapping({ circaFieldKey: "gone" })] });
    const row = buildRows(page).find(({ circaField }) => circaField.key === "gone");
    expect(row.circaField.active).toBe(false);
    expect(row.draft.campaignField).toBe("StartDate");
  });

  test("are changed only while they differ from what is stored", () => {
    const [row] = buildRows(aMappingPage()).filter(({ stored }) => stored);
    const edited = withDraft(row, { direction: "From_Salesforce" });
    expect(isChanged(row)).toBe(false);
    expect(isChanged(edited)).toBe(true);
    expect(isChanged(withDraft(edited, { direction: "To_Salesforce" }))).toBe(false);
  });

  test("get a label that Setup can hold", () => {
    const page = aMappingPage();
    const [row] = buildRows(page);
    const long = { ...row, circaField: { ...row.circaField, label: "x".repeat(60) } };
    const chosen = withDraft(long, { campaignField: "EndDate" });
    expect(rowToSave(chosen, page.campaignFields).label).toHaveLength(40);
  });

  test("keep their label while it names their field", () => {
    const page = aMappingPage({ mappings: [aMapping({ label: "Begins" })] });
    const [row] = buildRows(page).filter(({ stored }) => stored);
    const off = withDraft(row, { active: false });
    expect(rowToSave(off, page.campaignFields).label).toBe("Begins");
    const other = withDraft(row, { campaignField: "EndDate" });
    expect(rowToSave(other, page.campaignFields).label).toBe("Start date to End Date");
  });
});

describe("filter", () => {
  const found = (filter) =>
    filterRows(buildRows(aMappingPage()), { search: "", state: "", section: "", ...filter }).map(
      ({ circaField }) => circaField.key,
    );

  test.each([
    [{ search: "DATE" }, ["end_date", "start_date"]],
    [{ search: "date start" }, ["start_date"]],
    [{ state: "mapped" }, ["start_date"]],
    [{ state: "changed" }, []],
    [{ section: "Custom" }, ["tier"]],
    [{ search: "nothing" }, []],
  ])("%j", (filter, keys) => {
    expect(found(filter)).toEqual(keys);
  });
});

test("knows who has which Campaign field", () => {
  const taken = takenFields(buildRows(aMappingPage()));
  expect([...taken]).toEqual([
    ["StartDate", [{ rowKey: "Start_Date", label: "Start date", recordType: null }]],
  ]);
});
