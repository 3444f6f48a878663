/**
 * How Apex tests run: isolation, set-up, start and stop, users, events, metadata.
 * Sources: Apex Developer Guide, "Testing Apex", "Using Test Setup Methods", "Using the runAs Method",
 * "Using Limits, startTest, and stopTest", "Testing Best Practices"; Platform Events Developer Guide,
 * "Event and Event Bus Properties in Test Context"; Apex Reference Guide, "Metadata Namespace",
 * "Custom Metadata Type Methods", "FeatureManagement Class", "Security Class".
 */
import { ApexBench, type Sources } from "./support/apex-bench.ts";

/** Runs the test methods of one class and gives their failures by method. */
function failures(body: string, others: Sources = {}): Record<string, string | null> {
  const bench = new ApexBench({ Sample: `@IsTest private class Sample { ${body} }`, ...others });
  return Object.fromEntries(
    bench
      .runTests()
      .map((outcome) => [
        outcome.methodName,
        outcome.failure === null ? null : (outcome.failure.split("\n")[0] ?? ""),
      ]),
  );
}

const makeUser = `
  static User makeUser() {
    Profile p = [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'];
    User u = new User(Alias = 'u', Email = 'u@example.com', EmailEncodingKey = 'UTF-8',
      LanguageLocaleKey = 'en_US', LastName = 'Tester', LocaleSidKey = 'en_US', UserPermissionsMarketingUser = true, ProfileId = p.Id,
      TimeZoneSidKey = 'Asia/Tokyo', Username = 'u@example.com.test');
    insert u;
    return u;
  }
  static void assign(User u, String name) {
    System.runAs(new User(Id = UserInfo.getUserId())) {
      insert new PermissionSetAssignment(AssigneeId = u.Id,
        PermissionSetId = [SELECT Id FROM PermissionSet WHERE Name = :name].Id);
    }
  }`;

describe("isolation", () => {
  test("each method starts from what the set-up left, with fresh statics", () => {
    const body = `
      static Integer counter = 0;
      @TestSetup static void make() { insert new Campaign(Name = 'from set-up'); counter = 5; }
      @IsTest static void first() {
        Assert.areEqual(1, [SELECT COUNT() FROM Campaign]); Assert.areEqual(0, counter++);
        insert new Campaign(Name = 'more');
      }
      @IsTest static void second() {
        Assert.areEqual(1, [SELECT COUNT() FROM Campaign]); Assert.areEqual(0, counter);
      }`;
    expect(failures(body)).toEqual({ first: null, second: null });
  });

  test("a failed set-up fails every method", () => {
    const body = `
      @TestSetup static void make() { insert new Campaign(); }
      @IsTest static void first() { Assert.isTrue(true); }`;
    expect(failures(body).first).toMatch(/^@TestSetup failed: System\.DmlException: Insert failed/);
  });

  test("a test that asserts nothing fails", () => {
    expect(failures("@IsTest static void quiet() { Integer x = 1; }")).toEqual({
      quiet: "The test asserts nothing",
    });
  });

  test("a failed assertion says what was expected, with the stack", () => {
    const bench = new ApexBench({
      Sample:
        "@IsTest private class Sample {\n@IsTest static void wrong() {\nAssert.areEqual(1, 2, 'sum');\n} }",
    });
    const [outcome] = bench.runTests();
    expect(outcome?.failure).toBe(
      "System.AssertException: Assertion Failed: sum: Expected: 1, Actual: 2\nClass.Sample.wrong: line 3, column 1",
    );
  });
});

describe("startTest and stopTest", () => {
  test("give the part between a set of limits of its own", () => {
    const body = `@IsTest static void counts() {
      insert new Campaign(Name = 'a');
      Test.startTest();
      Assert.areEqual(0, Limits.getDmlStatements());
      insert new Campaign(Name = 'b');
      Test.stopTest();
      Assert.areEqual(1, Limits.getDmlStatements());
    }`;
    expect(failures(body)).toEqual({ counts: null });
  });

  test("stopTest runs queueables and scheduled jobs", () => {
    const body = `@IsTest static void jobs() {
      Test.startTest();
      System.enqueueJob(new Job()); System.schedule('j', '0 0 0 * * ?', new Timed());
      Assert.areEqual(0, [SELECT COUNT() FROM Campaign]);
      Test.stopTest();
      Assert.areEqual(2, [SELECT COUNT() FROM Campaign]);
    }`;
    const jobs = {
      Job: "public class Job implements Queueable { public void execute(QueueableContext c) { insert new Campaign(Name = 'queued'); } }",
      Timed:
        "public class Timed implements Schedulable { public void execute(SchedulableContext c) { insert new Campaign(Name = 'timed'); } }",
    };
    expect(failures(body, jobs)).toEqual({ jobs: null });
  });

  test("a future method runs at stopTest", () => {
    const body = `
      @Future static void later(String name) { insert new Campaign(Name = name); }
      @IsTest static void future() {
        Test.startTest();
        later('x');
        Assert.areEqual(0, [SELECT COUNT() FROM Campaign]);
        Test.stopTest();
        Assert.areEqual(1, [SELECT COUNT() FROM Campaign]);
      }`;
    expect(failures(body)).toEqual({ future: null });
  });
});

describe("users", () => {
  test("runAs gives the user's identity, zone and custom permissions", () => {
    const body = `${makeUser}
      @IsTest static void asUser() {
        User u = makeUser();
        System.runAs(u) {
          Assert.areEqual(u.Id, UserInfo.getUserId());
          Assert.isFalse(FeatureManagement.checkPermission('Circa_Sync_Integration'));
          Assert.areEqual(21, Datetime.newInstanceGmt(2026, 3, 10, 12, 0, 0).hour());
        }
        assign(u, 'Circa_Sync_Integration');
        System.runAs(u) { Assert.isTrue(FeatureManagement.checkPermission('Circa_Sync_Integration')); }
        Assert.areNotEqual(u.Id, UserInfo.getUserId());
      }`;
    expect(failures(body)).toEqual({ asUser: null });
  });

  test("user mode minds rights where system mode does not", () => {
    const body = `${makeUser}
      @IsTest static void modes() {
        insert new Campaign(Name = 'a', Circa_Event_Id__c = 'E1');
        User u = makeUser();
        System.runAs(u) {
          Assert.isFalse(Schema.SObjectType.Campaign.isAccessible());
          Assert.areEqual(1, [SELECT Circa_Event_Id__c FROM Campaign].size());
          try { System.debug([SELECT Circa_Event_Id__c FROM Campaign WITH USER_MODE].size()); Assert.fail('no rights'); }
          catch (QueryException e) { Assert.isTrue(e.getMessage().contains('Campaign')); }
          insert new Campaign(Name = 'system');
          try { insert as user new Campaign(Name = 'user'); Assert.fail('no rights'); }
          catch (DmlException e) { Assert.areEqual('INSUFFICIENT_ACCESS_OR_READONLY', e.getDmlStatusCode(0)); }
        }
        assign(u, 'Circa_Sync_Integration');
        System.runAs(u) {
          Assert.isTrue(Schema.SObjectType.Campaign.isAccessible());
          Assert.isTrue(Campaign.Circa_Event_Id__c.getDescribe().isAccessible());
          Assert.isTrue([SELECT Circa_Event_Id__c FROM Campaign WITH USER_MODE].size() > 0);
        }
      }`;
    expect(failures(body)).toEqual({ modes: null });
  });

  test("setup objects and records do not mix in one transaction", () => {
    const body = `${makeUser}
      @IsTest static void mixes() {
        User u = makeUser();
        insert new Campaign(Name = 'a');
        try {
          insert new PermissionSetAssignment(AssigneeId = u.Id, PermissionSetId = [SELECT Id FROM PermissionSet LIMIT 1].Id);
          Assert.fail('mixed');
        } catch (DmlException e) { Assert.areEqual('MIXED_DML_OPERATION', e.getDmlStatusCode(0)); }
        assign(u, 'Circa_Sync_Integration');
      }`;
    expect(failures(body)).toEqual({ mixes: null });
  });
});

describe("events and metadata", () => {
  test("stopTest runs the triggers on published events", () => {
    const others = {
      Seen: "public class Seen { public static List<String> kinds = new List<String>(); }",
      "OnSignal.trigger":
        "trigger OnSignal on Circa_Sync_Signal__e (after insert) { for (Circa_Sync_Signal__e e : Trigger.new) Seen.kinds.add(e.Kind__c); }",
    };
    const body = `@IsTest static void delivers() {
      Test.startTest();
      EventBus.publish(new List<Circa_Sync_Signal__e>{ new Circa_Sync_Signal__e(Kind__c = 'a'), new Circa_Sync_Signal__e(Kind__c = 'b') });
      Assert.areEqual(0, Seen.kinds.size());
      Test.stopTest();
      Assert.areEqual(new List<String>{'a', 'b'}, Seen.kinds);
    }`;
    expect(failures(body, others)).toEqual({ delivers: null });
  });

  test("a test cannot deploy metadata", () => {
    const body = `@IsTest static void deploys() {
      Metadata.CustomMetadata row = new Metadata.CustomMetadata();
      row.fullName = 'Circa_Field_Mapping.X'; row.label = 'X';
      Metadata.CustomMetadataValue value = new Metadata.CustomMetadataValue();
      value.field = 'Is_Active__c'; value.value = true;
      row.values.add(value);
      Metadata.DeployContainer box = new Metadata.DeployContainer();
      box.addMetadata(row);
      Assert.areEqual(1, box.getMetadata().size());
      try { Metadata.Operations.enqueueDeployment(box, null); Assert.fail('deployed'); }
      catch (AsyncException e) { Assert.isNotNull(e.getMessage()); }
    }`;
    expect(failures(body)).toEqual({ deploys: null });
  });

  test("outside of tests a deployment runs after the commit and calls back", async () => {
    const bench = new ApexBench({
      Done: `public class Done implements Metadata.DeployCallback {
        public void handleResult(Metadata.DeployResult r, Metadata.DeployCallbackContext c) {
          insert new Campaign(Name = String.valueOf(r.status));
        }
      }`,
    });
    await bench.run(`
      Metadata.CustomMetadata row = new Metadata.CustomMetadata();
      row.fullName = 'Circa_Field_Mapping.Fresh'; row.label = 'Fresh one';
      Metadata.CustomMetadataValue value = new Metadata.CustomMetadataValue();
      value.field = 'Circa_Field_Key__c'; value.value = 'name';
      row.values.add(value);
      Metadata.CustomMetadataValue onCampaign = new Metadata.CustomMetadataValue();
      onCampaign.field = 'Campaign_Object__c'; onCampaign.value = 'Campaign';
      row.values.add(onCampaign);
      Metadata.DeployContainer box = new Metadata.DeployContainer();
      box.addMetadata(row);
      Metadata.Operations.enqueueDeployment(box, new Done());`);
    expect(
      await bench.run(
        "System.debug(Circa_Field_Mapping__mdt.getInstance('Fresh').Circa_Field_Key__c);",
      ),
    ).toBe("name");
    expect(
      await bench.run(
        "System.debug(Circa_Field_Mapping__mdt.getAll().keySet().contains('Fresh'));",
      ),
    ).toBe("true");
    expect(await bench.run("System.debug([SELECT Name FROM Campaign].Name);")).toBe("SUCCEEDED");
  });
});
