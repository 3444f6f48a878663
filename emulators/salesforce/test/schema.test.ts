import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadSchema } from "../data/load-schema.ts";
import { fixtureSource } from "./support/salesforce-org.ts";

const schema = loadSchema(fixtureSource, new Date("2026-01-01T00:00:00Z"));

test.each([
  ["Code__c", { type: "string", length: 20, externalId: true, unique: true, caseSensitive: true }],
  ["Alias__c", { type: "string", unique: true, caseSensitive: false }],
  ["Notes__c", { type: "textarea", length: 1000, filterable: false, htmlFormatted: false }],
  ["Body__c", { type: "textarea", length: 2000, filterable: false, htmlFormatted: true }],
  ["Short_Note__c", { type: "textarea", length: 255, filterable: true }],
  ["Amount__c", { type: "currency", precision: 10, scale: 2 }],
  ["Ratio__c", { type: "percent", precision: 5, scale: 2 }],
  ["Seats__c", { type: "double", precision: 4, scale: 0 }],
  ["Double_Seats__c", { type: "double", calculated: true, createable: false, updateable: false }],
  ["Starts_At__c", { type: "datetime" }],
  ["Day__c", { type: "date" }],
  ["Doors__c", { type: "time" }],
  ["Contact_Email__c", { type: "email", length: 80 }],
  ["Contact_Phone__c", { type: "phone", length: 40 }],
  ["Page__c", { type: "url", length: 255 }],
  ["Staffed__c", { type: "boolean", nillable: false, defaultValue: true }],
  ["Sponsor__c", { type: "reference", referenceTo: ["User"], relationshipName: "Sponsor__r" }],
  ["City__c", { type: "picklist", controllerName: "Region__c" }],
  ["Topics__c", { type: "multipicklist", restrictedPicklist: true }],
  ["Own_Field__c", { type: "string", length: 50, custom: true }],
  ["Name", { type: "string", length: 80, nillable: false, custom: false }],
])("reads %s as describe would give it", (name, expected) => {
  expect(schema.field("Campaign", name)).toMatchObject(expected);
});

test("finds objects and fields whatever the case", () => {
  expect(schema.field("campaign", "CODE__C")?.name).toBe("Code__c");
});

test("takes picklist values from global value sets, inactive ones marked", () => {
  expect(schema.field("Campaign", "Tier__c")?.picklistValues).toEqual([
    expect.objectContaining({ value: "Gold", label: "Gold tier", active: true }),
    expect.objectContaining({ value: "Silver", active: true }),
    expect.objectContaining({ value: "Bronze", active: false }),
  ]);
});

test("takes the org's own values of a standard picklist", () => {
  const values = schema.field("Campaign", "Status")?.picklistValues;
  expect(values?.map((value) => value.value)).toEqual(["Idea", "Done"]);
});

test("decodes the entities of XML in labels", () => {
  const labels = schema.field("Campaign", "Topics__c")?.picklistValues.map((value) => value.label);
  expect(labels).toContain("AI & Robots");
});

test("reads record types, validation rules, events, permission sets and custom metadata", () => {
  const campaign = schema.object("Campaign");
  expect(campaign?.recordTypes[0]?.picklistValues.get("tier__c")).toEqual({
    values: ["Gold"],
    defaultValue: "Gold",
  });
  expect(campaign?.validationRules[0]).toMatchObject({
    formula: "Amount__c < -1000",
    errorField: "Amount__c",
  });
  expect(schema.object("Sample_Signal__e")?.publishBehavior).toBe("PublishAfterCommit");
  expect(schema.permissionSets.get("Own_Fields")?.sourceIndex).toBe(1);
  expect(schema.customPermissions.has("Circa_Sync_Integration")).toBe(true);
  expect(schema.metadataRows.map((row) => row.developerName)).toEqual(["Amount", "Gone", "Start"]);
});

test("has the standard objects when the source folders are not there", () => {
  const bare = loadSchema(["no/such/folder"], new Date());
  expect(bare.field("Campaign", "StartDate")?.type).toBe("date");
});

test("follows a field that is renamed in the source", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "schema-"));
  const fields = path.join(folder, "objects/Campaign/fields");
  mkdirSync(fields, { recursive: true });
  const xml = `<CustomField><fullName>New__c</fullName><label>New</label><length>5</length><type>Text</type></CustomField>`;
  writeFileSync(path.join(fields, "New__c.field-meta.xml"), xml);
  expect(loadSchema([folder], new Date()).field("Campaign", "New__c")?.length).toBe(5);
});

test("names the file and the reason when source can't be read", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "schema-"));
  const fields = path.join(folder, "objects/Campaign/fields");
  mkdirSync(fields, { recursive: true });
  writeFileSync(
    path.join(fields, "Odd__c.field-meta.xml"),
    "<CustomField><type>Text</CustomField>",
  );
  expect(() => loadSchema([folder], new Date())).toThrow(
    /Odd__c\.field-meta\.xml is not well-formed/,
  );
});
