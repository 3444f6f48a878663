/**
 * Which records code and callers change, what opens them, and what of sharing is not here.
 * Sources: Salesforce Help, "Organization-Wide Default Access Settings", "'View All' and 'Modify All'
 * Permissions" and "Transfer Records"; SOAP API Developer Guide, "StatusCode"; Apex Developer Guide,
 * "Enforce User Mode for Database Operations". What they leave open stands in docs/fidelity.md, "Rights".
 */
import { startSalesforceEmulator } from "../../salesforce/index.ts";
import { loadSchema } from "../../salesforce/data/load-schema.ts";
import { seedAssignment } from "../../salesforce/setup/permission-sets.ts";
import { loadError } from "./support/apex-bench.ts";
import {
  campaignDefault,
  removeSourceFolders,
  SharingBench,
  sourceFolder,
} from "./support/sharing-bench.ts";

afterAll(removeSourceFolders);

const withoutSharing = `public without sharing class WithoutIt {
  public static void save(Campaign row) { update row; }
  public static void saveAsUser(Campaign row) { update as user row; }
}`;

describe("with a record of somebody else, Bob", () => {
  const unseen =
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, insufficient access rights on cross-reference id: []";
  const readOnly = "INSUFFICIENT_ACCESS_OR_READONLY, insufficient access rights on object id: []";
  const write = async (model: string, statement: string, set = "Editor"): Promise<string> => {
    const bench = new SharingBench(model, { WithoutIt: withoutSharing });
    bench.give(bench.bob, set);
    const source = `Campaign other = new Campaign(Id = '${bench.idOf("Ann's")}'); Id bob = '${bench.bob}'; ${statement} System.debug('done');`;
    return (await bench.run(source, bench.bob)).replace(/^.*first error: /, "");
  };
  const rename = "other.Name = 'New'; update other;";

  test.each([
    ["Private", rename, unseen],
    ["Private", "delete other;", unseen],
    ["Private", "other.Name = 'New'; WithoutIt.save(other);", "done"],
    ["Private", "other.Name = 'New'; WithoutIt.saveAsUser(other);", unseen],
    ["Private", "insert new Campaign(Name = 'x', ParentId = other.Id);", unseen],
    [
      "Private",
      "upsert new Campaign(Name = 'x', Circa_Event_Id__c = 'E-ANN') Circa_Event_Id__c;",
      unseen,
    ],
    ["Read", rename, readOnly],
    ["Read", "delete other;", readOnly],
    ["Read", "insert new Campaign(Name = 'x', ParentId = other.Id);", "done"],
    ["ReadWrite", rename, "done"],
    ["ReadWrite", "delete other;", readOnly],
    ["ReadWrite", "other.OwnerId = bob; update other;", readOnly],
    ["ReadWrite", "other.OwnerId = bob; update other;", "done", "Transfer"],
    ["FullAccess", rename, "done"],
    ["FullAccess", "other.OwnerId = bob; update other;", "done"],
    ["FullAccess", "delete other; undelete other;", "done"],
  ])("under %s: %s gives %s", async (model, statement, outcome, set = "Editor") => {
    expect(await write(model, statement, set)).toBe(outcome);
  });

  test.each([
    ["ViewAll", "System.debug([SELECT COUNT() FROM Campaign]);", "3\ndone"],
    ["ViewAll", rename, readOnly],
    ["ModifyAll", rename, "done"],
    ["ModifyAll", "delete other;", "done"],
    ["ViewAllData", "System.debug([SELECT COUNT() FROM Campaign]);", "3\ndone"],
    ["ViewAllData", rename, readOnly],
    ["ModifyAllData", "other.OwnerId = bob; update other;", "done"],
  ])("under Private with %s: %s gives %s", async (set, statement, outcome) => {
    expect(await write("Private", statement, set)).toBe(outcome);
  });

  test("has single rows of a partial save refused", async () => {
    const statement =
      "List<Campaign> rows = [SELECT Id FROM Campaign]; rows.add(other); for (Database.SaveResult r : Database.update(rows, false, AccessLevel.USER_MODE)) System.debug(r.isSuccess());";
    expect(await write("Private", statement)).toBe("true\nfalse\ndone");
  });

  test("keeps what is his own after somebody else has changed it", async () => {
    const bench = new SharingBench("Private");
    await bench.run(`update new Campaign(Id = '${bench.idOf("Bob's")}', Name = 'Renamed');`);
    expect(await bench.run("System.debug([SELECT Name FROM Campaign].Name);", bench.bob)).toBe(
      "Renamed",
    );
  });
});

describe("what sharing has and the emulator has not is an error at load:", () => {
  test.each(["CampaignShare", "Circa_Sync_Issue__Share"])("%s", (name) => {
    expect(loadError({ A: `class A { void m() { ${name} s = new ${name}(); } }` })).toMatch(
      `Invalid type: ${name} (the Apex engine does not support shares of records)`,
    );
  });

  test("a default of Controlled by Parent", () => {
    const folder = sourceFolder(campaignDefault("ControlledByParent"));
    expect(() => loadSchema([folder], new Date())).toThrow(
      "Campaign.object-meta.xml: the emulator does not support sharingModel ControlledByParent; it knows Private, Read, ReadWrite, FullAccess.",
    );
  });

  test("sharing rules", () => {
    const folder = sourceFolder({
      "sharingRules/Campaign.sharingRules-meta.xml": "<SharingRules></SharingRules>",
    });
    expect(() => loadSchema([folder], new Date())).toThrow(
      "Campaign.sharingRules-meta.xml: the emulator does not support sharing rules; take the file out.",
    );
  });
});

test("a new org shares Campaigns with everybody, and the package's objects for reading and writing", () => {
  const schema = loadSchema(["force-app/main/default"], new Date());
  expect(schema.object("Campaign")?.sharingModel).toBe("FullAccess");
  const own = schema.objects().filter((object) => object.kind === "custom");
  expect(own.length).toBeGreaterThan(0);
  for (const object of own) expect(object.sharingModel).toBe("ReadWrite");
});

test("the panel offers only what the person may do with this record", async () => {
  const emulator = await startSalesforceEmulator({
    sourceDirs: ["force-app/main/default", sourceFolder(campaignDefault("Read"))],
  });
  try {
    const { userId } = emulator.integration;
    seedAssignment(emulator.org, userId, "Circa_Sync_User", {});
    const { campaigns } = emulator.seed({
      campaigns: [{ Name: "Of another" }, { Name: "Own", OwnerId: userId }],
    });
    const offers = campaigns.map((campaignId) =>
      emulator.apex.invokeAura(userId, "CircaCampaignController", "getPanel", { campaignId }),
    );
    expect(offers).toMatchObject([
      { ok: true, value: { canEdit: false } },
      { ok: true, value: { canEdit: true } },
    ]);
  } finally {
    await emulator.close();
  }
});

test("callers of the REST API reach the records that are shared with them", async () => {
  const emulator = await startSalesforceEmulator({
    sourceDirs: ["force-app/main/default", sourceFolder(campaignDefault("Private"))],
  });
  try {
    const { integration, person, org } = emulator;
    const [hidden = "", own = ""] = emulator.seed({
      campaigns: [{ Name: "Hidden" }, { Name: "Own", OwnerId: integration.userId }],
    }).campaigns;
    const data = `${emulator.url}/services/data/v61.0`;
    const call = async (path: string, token: string, body?: object): Promise<unknown> => {
      const response = await fetch(data + path, {
        method: body ? "PATCH" : "GET",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      return text === "" ? response.status : (JSON.parse(text) as unknown);
    };
    const token = integration.accessToken;
    const query = "/query?q=SELECT+Id+FROM+Campaign";
    expect(await call(query, person.accessToken)).toMatchObject({ totalSize: 2 });
    expect(await call(query, token)).toMatchObject({ totalSize: 1, records: [{ Id: own }] });
    expect(await call(`/sobjects/Campaign/${hidden}`, token)).toMatchObject([
      { errorCode: "NOT_FOUND" },
    ]);
    expect(
      await call(`/composite/sobjects/Campaign?ids=${hidden},${own}&fields=Name`, token),
    ).toMatchObject([null, { Name: "Own" }]);
    const span = "start=2000-01-01T00:00:00Z&end=2100-01-01T00:00:00Z";
    expect(await call(`/sobjects/Campaign/updated?${span}`, token)).toMatchObject({ ids: [own] });
    expect(await call(`/sobjects/Campaign/${hidden}`, token, { Name: "New" })).toMatchObject([
      { errorCode: "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY" },
    ]);
    expect(await call(`/sobjects/Campaign/${own}`, token, { Name: "New" })).toBe(204);
    expect(org.store.get("Campaign", hidden)?.Name).toBe("Hidden");
  } finally {
    await emulator.close();
  }
});
