import { readdirSync } from "node:fs";
import { readXmlFile } from "../../../emulators/salesforce/schema/source/read-xml.ts";
import { customCampaignFields, customFieldKey } from "../../../emulators/seed/custom-fields.ts";

const folder = "emulators/salesforce/demo-org/customMetadata";

function readRow(file: string): Record<string, string | undefined> {
  const values = readXmlFile(`${folder}/${file}`, "CustomMetadata").all("values");
  return Object.fromEntries(
    values.map((value): [string, string | undefined] => [
      value.value("field") ?? "",
      value.value("value") ?? undefined,
    ]),
  );
}

describe("the demo org's mapping rows", () => {
  const files = readdirSync(folder).filter((file) => file.startsWith("Circa_Field_Mapping."));
  const rows = files.map(readRow);
  /** The others are those that the mapping page fills in as standard. */
  const demoRows = rows.filter((values) => !files[rows.indexOf(values)]?.includes("_to_Campaign_"));

  test("name the key of the Circa field that the seed makes for their Campaign field", () => {
    const named = demoRows.map((values) => [
      values["Campaign_Field__c"],
      values["Circa_Field_Key__c"],
    ]);
    const seeded = customCampaignFields.map((field) => [field, customFieldKey(field)]);
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(seeded));
  });

  test("go both ways and come switched off", () => {
    const directions = new Set(rows.map((values) => values["Direction__c"]));
    expect([...directions].sort()).toEqual(["From_Salesforce", "To_Salesforce"]);
    expect(rows.filter((values) => values["Is_Active__c"] !== "false")).toEqual([]);
  });
});
