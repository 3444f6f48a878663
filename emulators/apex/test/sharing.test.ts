/**
 * Which records code reads.
 * Sources: Apex Developer Guide, "Use the with sharing, without sharing, and inherited sharing Keywords"
 * (release 256, for the package's API version 61.0), "Enforce Sharing Rules", "Enforce User Mode for
 * Database Operations", "Filter SOQL Queries Using WITH SECURITY_ENFORCED", "Using the runAs Method",
 * "Anonymous Blocks"; Apex Reference Guide, "AccessLevel Class". What they leave open stands in
 * docs/fidelity.md, "Rights".
 */
import { removeSourceFolders, SharingBench } from "./support/sharing-bench.ts";

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
    ["Database.query('SELECT Id FROM Campaign', AccessLevel.USER_MODE).size()", "1"],
    ["Database.query('SELECT Id FROM Campaign', AccessLevel.SYSTEM_MODE).size()", "3"],
    [
      "Database.query('SELECT Id FROM Campaign WITH SECURITY_ENFORCED', AccessLevel.SYSTEM_MODE).size()",
      "3",
    ],
  ])("%s gives %s in a class without sharing", async (call, seen) => {
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
