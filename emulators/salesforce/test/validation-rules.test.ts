/** Validation rules and default values of the metadata, through REST, Apex and Setup. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Org } from "../data/org.ts";
import { type SalesforceEmulator, startSalesforceEmulator } from "../index.ts";
import { connect, control } from "./support/salesforce-org.ts";

const folders: string[] = [];

interface Rule {
  readonly formula: string;
  readonly field?: string;
  readonly active?: boolean;
}

/** A source folder with rules on Campaign, and text fields with default values. */
function sourceWith(rules: Record<string, Rule>, defaults: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "rules-"));
  folders.push(folder);
  const write = (kind: string, name: string, root: string, content: string): void => {
    const parent = join(folder, "objects/Campaign", kind);
    mkdirSync(parent, { recursive: true });
    const xml = `<${root} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${root}>`;
    writeFileSync(join(parent, name), xml);
  };
  for (const [name, { formula, field, active = true }] of Object.entries(rules)) {
    const place = field === undefined ? "" : `<errorDisplayField>${field}</errorDisplayField>`;
    const content = `<active>${active}</active><errorConditionFormula><![CDATA[${formula}]]></errorConditionFormula>${place}<errorMessage>${name} says no.</errorMessage>`;
    write("validationRules", `${name}.validationRule-meta.xml`, "ValidationRule", content);
  }
  for (const [name, formula] of Object.entries(defaults)) {
    const content = `<label>${name}</label><type>Text</type><length>80</length><defaultValue><![CDATA[${formula}]]></defaultValue>`;
    write("fields", `${name}.field-meta.xml`, "CustomField", content);
  }
  return folder;
}

let emulator: SalesforceEmulator;

beforeAll(async () => {
  const folder = sourceWith(
    {
      Ends_After_Start: { formula: "EndDate < StartDate", field: "EndDate" },
      Completed_Stays: {
        formula: "AND(NOT(ISNEW()), ISCHANGED(Status), ISPICKVAL(PRIORVALUE(Status), 'Completed'))",
      },
      Asleep: { formula: "TRUE", active: false },
      Divides: { formula: "AND(BudgetedCost = 13, 1 / (BudgetedCost - 13) > 0)" },
    },
    { Made_By__c: "'by ' & $User.Username", Plain__c: '"plain"' },
  );
  emulator = await startSalesforceEmulator({ sourceDirs: ["force-app/main/default", folder] });
});

afterAll(async () => {
  await emulator.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const backwards = { Name: "Backwards", StartDate: "2026-05-02", EndDate: "2026-05-01" };

describe("validation rules over REST", () => {
  test("refuse a new record with message and field", async () => {
    const campaigns = connect(emulator, "person").sobject("Campaign");
    await expect(campaigns.create(backwards)).rejects.toMatchObject({
      errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      message: "Ends_After_Start says no.",
      data: { fields: ["EndDate"] },
    });
  });

  test("see what the record was, and name no field when the rule names none", async () => {
    const campaigns = connect(emulator, "person").sobject("Campaign");
    const { id } = await campaigns.create({ Name: "Done", Status: "Completed" });
    const [result] = await campaigns.update([{ Id: id ?? "", Status: "Planned" }]);
    expect(result).toMatchObject({
      success: false,
      errors: [
        {
          statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
          message: "Completed_Stays says no.",
          fields: [],
        },
      ],
    });
    expect(await campaigns.retrieve(id ?? "")).toMatchObject({ Status: "Completed" });
  });

  test("refuse only the rows that break them", async () => {
    const campaigns = connect(emulator, "person").sobject("Campaign");
    const results = await campaigns.create([backwards, { Name: "Right" }]);
    expect(results.map((result) => result.success)).toEqual([false, true]);
  });

  test("refuse a record for which the rule has no result", async () => {
    const campaigns = connect(emulator, "person").sobject("Campaign");
    await expect(campaigns.create({ Name: "x", BudgetedCost: 13 })).rejects.toThrow(
      "The validation rule Divides has no result for this record: division by zero",
    );
  });
});

test("rules refuse what Apex saves, and what a before-trigger left is what they see", async () => {
  const log = await emulator.apex.executeAnonymous(
    emulator.person.userId,
    `Campaign c = new Campaign(Name = 'a', StartDate = Date.newInstance(2026, 5, 2), EndDate = Date.newInstance(2026, 5, 1));
    try { insert c; } catch (DmlException e) {
      System.debug(e.getDmlType(0) + '|' + e.getDmlMessage(0) + '|' + e.getDmlFieldNames(0));
    }`,
  );
  expect(log.join("\n")).toBe(
    "FIELD_CUSTOM_VALIDATION_EXCEPTION|Ends_After_Start says no.|(EndDate)",
  );
});

test("a before-trigger's change is what a rule sees", async () => {
  const trigger = {
    name: "Mender",
    objectName: "Campaign",
    run: (invocation: Parameters<(typeof emulator.org.triggers)[number]["run"]>[0]) => {
      if (invocation.timing !== "before") return;
      for (const { after } of invocation.rows) if (after) after.EndDate = null;
    },
  };
  emulator.org.triggers.push(trigger);
  try {
    const made = await connect(emulator, "person").sobject("Campaign").create(backwards);
    expect(made.success).toBe(true);
  } finally {
    emulator.org.triggers.splice(emulator.org.triggers.indexOf(trigger), 1);
  }
});

describe("default values", () => {
  test("are computed for the user who inserts", async () => {
    const campaigns = connect(emulator, "person").sobject("Campaign");
    const { id } = await campaigns.create({ Name: "Defaults" });
    expect(await campaigns.retrieve(id ?? "")).toMatchObject({
      Made_By__c: `by ${emulator.person.username}`,
      Plain__c: "plain",
    });
  });

  test("leave a value alone, a blank one too", async () => {
    const campaigns = connect(emulator, "person").sobject("Campaign");
    const { id } = await campaigns.create({ Name: "Own", Made_By__c: "me", Plain__c: null });
    expect(await campaigns.retrieve(id ?? "")).toMatchObject({ Made_By__c: "me", Plain__c: null });
  });

  test("fill what Apex inserts", async () => {
    const log = await emulator.apex.executeAnonymous(
      emulator.person.userId,
      "Campaign c = new Campaign(Name = 'a'); insert c; System.debug([SELECT Plain__c FROM Campaign WHERE Id = :c.Id].Plain__c);",
    );
    expect(log).toEqual(["plain"]);
  });
});

describe("rules of custom metadata types", () => {
  const mapping = (values: object): Promise<unknown> =>
    control(
      emulator,
      "custom-metadata/Circa_Field_Mapping__mdt/Trial",
      {
        Circa_Field_Key__c: "name",
        Campaign_Object__c: "Campaign",
        Campaign_Field__c: "Name",
        Direction__c: "To_Salesforce",
        ...values,
      },
      "PATCH",
    );

  test("refuse a row that an admin saves", async () => {
    await expect(mapping({ Circa_Field_Key__c: "start date" })).rejects.toThrow(
      /400 .*Remove the spaces/,
    );
    await expect(
      mapping({ Circa_Field_Key__c: "team", Direction__c: "From_Salesforce" }),
    ).rejects.toThrow(/400 .*Choose the direction To Salesforce/);
    await expect(mapping({ Campaign_Object__c: "Account" })).rejects.toThrow(
      /400 .*Choose Campaign as the object/,
    );
  });

  test("take a row that keeps them", async () => {
    await expect(mapping({})).resolves.toMatchObject({ Circa_Field_Key__c: "name" });
  });

  test("let a forced row pass, as one that is older than its rule", async () => {
    const path = "custom-metadata/Circa_Field_Mapping__mdt/Old?force=true";
    const change = { Circa_Field_Key__c: "two words", Campaign_Object__c: "Campaign" };
    await expect(control(emulator, path, change, "PATCH")).resolves.toMatchObject(change);
  });

  test("refuse settings that contradict each other", async () => {
    const path = "custom-metadata/Circa_Sync_Setting__mdt/Default";
    const change = { Create_Campaigns__c: true, Create_At_Status__c: null };
    await expect(control(emulator, path, change, "PATCH")).rejects.toThrow(
      /400 .*Enter the status at which/,
    );
  });
});

test("a formula that is not supported is an error at load, with its place", () => {
  const folder = sourceWith({ Odd: { formula: "AND(TRUE,\n  GEOLOCATION(1, 2))" } });
  const load = (): unknown =>
    new Org({ sourceDirs: ["force-app/main/default", folder], now: () => new Date() });
  expect(load).toThrow(
    "Odd.validationRule-meta.xml: formula, line 2, column 3: the function GEOLOCATION is not supported.",
  );
});

test("a default value that names a field is an error at load", () => {
  const folder = sourceWith({}, { Copy__c: "Name" });
  const load = (): unknown => new Org({ sourceDirs: [folder], now: () => new Date() });
  expect(load).toThrow("line 1, column 1: a default value can't name the field Name.");
});
