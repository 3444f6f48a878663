/**
 * Which records code and callers reach.
 * Sources: Apex Developer Guide, "Use the with sharing, without sharing, and inherited sharing Keywords"
 * (release 256, for the package's API version 61.0), "Enforce Sharing Rules", "Enforce User Mode for
 * Database Operations", "Filter SOQL Queries Using WITH SECURITY_ENFORCED", "Using the runAs Method",
 * "Anonymous Blocks"; Apex Reference Guide, "AccessLevel Class"; Salesforce Help, "Organization-Wide
 * Default Access Settings" and "'View All' and 'Modify All' Permissions"; SOAP API Developer Guide,
 * "StatusCode". What they leave open stands in docs/fidelity.md, "Rights".
 */
import { startSalesforceEmulator } from "../../emulators/salesforce/index.ts";
import { loadError } from "./support/apex-bench.ts";
import {
  campaignDefault,
  removeSourceFolders,
  SharingBench,
  sourceFolder,
} from "./support/sharing-bench.ts";
import { loadSchema } from "../../emulators/salesforce/schema/load-schema.ts";

afterAll(removeSourceFolders);

const count = "return [SELECT COUNT() FROM Campaign];";
const classes = {
  WithIt: `public virtual with sharing class WithIt {
    public static Integer seen() { ${count} }
    public virtual Integer own() { ${count} }
    public static Integer plain() { return Plain.seen(); }
    public static Integer inherits() { return Inherits.seen(); }
    public static Integer without() { return WithoutIt.seen(); }
    public static Integer systemMode() { return [SELECT COUNT() FROM Campaign WITH SYSTEM_MODE]; }
  }`,
  WithoutIt: `public without sharing class WithoutIt {
    public static Integer seen() { ${count} }
    public static Integer plain() { return Plain.seen(); }
    public static Integer inherits() { return Inherits.seen(); }
    public static Integer with() { return WithIt.seen(); }
    public static Integer child() { return new Child().own(); }
    public static Integer overridden() { return new Child().more(); }
    public static Integer constructed() { return new Built().atConstruction; }
    public static Integer initialised() { return new Built().atField; }
    public static Integer fromProperty() { return new Built().read; }
    public static Integer userMode() { return [SELECT COUNT() FROM Campaign WITH USER_MODE]; }
    public static Integer systemMode() { return [SELECT COUNT() FROM Campaign WITH SYSTEM_MODE]; }
    public static Integer enforced() { return [SELECT Id FROM Campaign WITH SECURITY_ENFORCED].size(); }
    public static void save(Campaign row) { update row; }
    public static void saveAsUser(Campaign row) { update as user row; }
    public class Inner { public Integer seen() { ${count} } }
  }`,
  Child: `public class Child extends WithIt { public Integer more() { ${count} } }`,
  Built: `public with sharing class Built {
    public Integer atField = [SELECT COUNT() FROM Campaign];
    public Integer atConstruction;
    public Built() { atConstruction = [SELECT COUNT() FROM Campaign]; }
    public Integer read { get { ${count} } }
  }`,
  Plain: `public class Plain {
    public static Integer seen() { ${count} }
    @AuraEnabled public static Integer shown() { ${count} }
  }`,
  Inherits: `public inherited sharing class Inherits { public static Integer seen() { ${count} } }`,
  "Counting.trigger": `trigger Counting on Campaign (before insert) {
    for (Campaign c : Trigger.new) c.Name = 'Saw ' + [SELECT COUNT() FROM Campaign];
  }`,
};
const closed = new SharingBench("Private", classes);
const asBob = (source: string): Promise<string> => closed.run(source, closed.bob);

describe("Bob, in an org of private Campaigns where he owns one of three, sees from", () => {
  test.each([
    ["a class with sharing", "WithIt.seen()", "1"],
    ["a class without sharing", "WithoutIt.seen()", "3"],
    ["anonymous Apex", "[SELECT COUNT() FROM Campaign]", "1"],
    ["a class that says nothing, called by one with sharing", "WithIt.plain()", "1"],
    ["a class that says nothing, called by one without sharing", "WithoutIt.plain()", "3"],
    ["a class with inherited sharing, called by one with sharing", "WithIt.inherits()", "1"],
    ["a class with inherited sharing, called by one without sharing", "WithoutIt.inherits()", "3"],
    [
      "a method defined without sharing and called by a class with sharing",
      "WithIt.without()",
      "3",
    ],
    [
      "a method defined with sharing and called by a class without sharing",
      "WithoutIt.with()",
      "1",
    ],
    ["a method inherited from a class with sharing", "WithoutIt.child()", "1"],
    ["a method of a class that extends one with sharing", "WithoutIt.overridden()", "1"],
    ["a constructor of a class with sharing", "WithoutIt.constructed()", "1"],
    ["a field's initialiser of a class with sharing", "WithoutIt.initialised()", "1"],
    ["a property of a class with sharing", "WithoutIt.fromProperty()", "1"],
    [
      "an inner class, which does not take after its outer class",
      "new WithoutIt.Inner().seen()",
      "1",
    ],
  ])("%s (%s): %s", async (_where, call, seen) => {
    expect(await asBob(`System.debug(${call});`)).toBe(seen);
  });

  test("a trigger: all, though the code that saves is with sharing", async () => {
    const source =
      "Campaign c = new Campaign(Name = 'new'); insert c; System.debug([SELECT Name FROM Campaign WHERE Id = :c.Id].Name); delete c;";
    expect(await asBob(source)).toBe("Saw 3");
  });

  test("a class that says nothing and answers a Lightning component: his own", () => {
    expect(closed.engine.invokeAura(closed.bob, "Plain", "shown", {})).toEqual({
      ok: true,
      value: 1,
    });
  });
});

describe("the access level of one operation", () => {
  test.each([
    ["WITH USER_MODE minds sharing whatever the class says", "WithoutIt.userMode()", "1"],
    ["WITH SYSTEM_MODE leaves sharing to the class: with", "WithIt.systemMode()", "1"],
    ["WITH SYSTEM_MODE leaves sharing to the class: without", "WithoutIt.systemMode()", "3"],
    ["WITH SECURITY_ENFORCED leaves sharing to the class", "WithoutIt.enforced()", "3"],
  ])("%s (%s)", async (_rule, call, seen) => {
    expect(await asBob(`System.debug(${call});`)).toBe(seen);
  });

  test.each([
    ["query", "Database.query('SELECT Id FROM Campaign', AccessLevel.USER_MODE).size()", "1"],
    ["query", "Database.query('SELECT Id FROM Campaign', AccessLevel.SYSTEM_MODE).size()", "3"],
    [
      "countQuery",
      "Database.countQuery('SELECT COUNT() FROM Campaign', AccessLevel.USER_MODE)",
      "1",
    ],
    [
      "queryWithBinds",
      "Database.queryWithBinds('SELECT Id FROM Campaign', new Map<String, Object>(), AccessLevel.USER_MODE).size()",
      "1",
    ],
    [
      "query",
      "Database.query('SELECT Id FROM Campaign WITH SECURITY_ENFORCED', AccessLevel.SYSTEM_MODE).size()",
      "3",
    ],
  ])("Database.%s: %s gives %s in a class without sharing", async (_method, call, seen) => {
    const bench = new SharingBench("Private", {
      Reader: `public without sharing class Reader { public static Integer seen() { return ${call}; } }`,
    });
    expect(await bench.run("System.debug(Reader.seen());", bench.bob)).toBe(seen);
  });
});

describe("every part of a query minds sharing:", () => {
  const asAnn = (source: string): Promise<string> => closed.run(source, closed.ann);

  test("groups count only what the user may read", async () => {
    const source =
      "for (AggregateResult r : [SELECT COUNT(Id) total, OwnerId FROM Campaign GROUP BY OwnerId]) System.debug(r.get('total'));";
    expect(await asBob(source)).toBe("1");
  });

  test("sub-queries leave out children", async () => {
    closed.org.store.put("Campaign", {
      ...closed.org.store.get("Campaign", closed.idOf("Bob's")),
      Id: closed.idOf("Bob's"),
      ParentId: closed.idOf("Ann's"),
    });
    const source =
      "System.debug([SELECT Name, (SELECT Name FROM ChildCampaigns) FROM Campaign WHERE Name = 'Ann\\'s'].ChildCampaigns.size());";
    expect(await asAnn(source)).toBe("0");
    expect(await closed.run(source)).toBe("1");
  });

  test("semi-joins look at readable records", async () => {
    const source =
      "System.debug([SELECT COUNT() FROM Campaign WHERE ParentId IN (SELECT Id FROM Campaign WHERE Name = 'Admin\\'s')]);";
    expect(await asAnn(source)).toBe("0");
    expect(await closed.run(source)).toBe("1");
  });

  test("a lookup's Id is there, the record behind it is not", async () => {
    const source =
      "Campaign c = [SELECT ParentId, Parent.Name FROM Campaign WHERE Name = 'Ann\\'s']; System.debug(c.ParentId != null); System.debug(c.Parent?.Name);";
    expect(await asAnn(source)).toBe("true\nnull");
    expect(await closed.run(source)).toBe("true\nAdmin's");
  });
});

describe("with a record of somebody else, Bob", () => {
  const unseen =
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, insufficient access rights on cross-reference id: []";
  const readOnly = "INSUFFICIENT_ACCESS_OR_READONLY, insufficient access rights on object id: []";
  const write = async (model: string, statement: string, set = "Editor"): Promise<string> => {
    const bench = new SharingBench(model, classes);
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

describe("Apex tests", () => {
  const failures = (body: string, head = "@IsTest private class"): (string | null)[] =>
    new SharingBench("Private", {
      ...classes,
      Job: `public class Job implements Queueable {
        public void execute(QueueableContext c) { insert new Campaign(Name = 'x', Description = 'job ' + [SELECT COUNT() FROM Campaign]); }
      }`,
      CarefulJob: `public inherited sharing class CarefulJob implements Queueable {
        public void execute(QueueableContext c) { insert new Campaign(Name = 'x', Description = 'job ' + [SELECT COUNT() FROM Campaign]); }
      }`,
      Sample: `${head} Sample { static User bob() { return [SELECT Id FROM User WHERE LastName = 'Bob']; } @IsTest static void tries() { ${body} } }`,
    })
      .runTests()
      .map((outcome) => outcome.failure);

  test("mind sharing inside runAs, and in what is called there and says nothing", () => {
    const body = `
      Assert.areEqual(3, [SELECT COUNT() FROM Campaign]);
      System.runAs(bob()) {
        Assert.areEqual(1, [SELECT COUNT() FROM Campaign]);
        Assert.areEqual(1, Plain.seen());
        Assert.areEqual(3, WithoutIt.seen());
      }
      Assert.areEqual(3, [SELECT COUNT() FROM Campaign]);`;
    expect(failures(body)).toEqual([null]);
  });

  test("that are declared without sharing see all inside runAs", () => {
    const body = "System.runAs(bob()) { Assert.areEqual(3, [SELECT COUNT() FROM Campaign]); }";
    expect(failures(body, "@IsTest private without sharing class")).toEqual([null]);
  });

  test.each([
    ["Job", "job 3"],
    ["CarefulJob", "job 1"],
  ])("run a job as the platform does, first in its transaction: %s sees %s", (job, seen) => {
    const body = `System.runAs(bob()) { Test.startTest(); System.enqueueJob(new ${job}()); Test.stopTest(); }
      Assert.areEqual(1, [SELECT Id FROM Campaign WHERE OwnerId = :bob().Id AND Name LIKE 'Saw%'].size());
      Assert.areEqual('${seen}', [SELECT Description FROM Campaign WHERE Name LIKE 'Saw%'].Description);`;
    expect(failures(body)).toEqual([null]);
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
