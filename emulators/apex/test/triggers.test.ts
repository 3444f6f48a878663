/**
 * Triggers: context variables, order, changes, errors, chunks, recursion; events and jobs.
 * Sources: Apex Developer Guide, "Triggers" and its pages "Trigger Context Variables", "Context
 * Variable Considerations", "Trigger Exceptions", "Bulk Triggers", "Triggers and Order of Execution";
 * "Static Apex Limits" (stack depth of triggers 16); Platform Events Developer Guide, "Publish Event
 * Messages with Apex", "Testing Your Platform Event in Apex"; Apex Developer Guide, "Queueable Apex".
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

/** Logs every invocation; what it does else hangs on the Campaign's name. */
const watcher = `trigger Watcher on Campaign (before insert, before update, before delete, after insert, after update, after delete, after undelete) {
  Watch.log.add(Trigger.operationType + ' ' + Trigger.size + ' ' + (Trigger.new == null ? '-' : '' + Trigger.new.size()) + (Trigger.old == null ? '-' : '' + Trigger.old.size()) + (Trigger.newMap == null ? '-' : '+') + (Trigger.oldMap == null ? '-' : '+'));
  if (Trigger.isBefore && Trigger.new != null) {
    for (Campaign c : Trigger.new) {
      if (c.Name == 'rename me') { c.Name = 'renamed'; c.Description = 'by trigger'; }
      if (c.Name == 'refuse me') { c.addError('refused'); }
      if (c.Name == 'refuse field') { c.Name.addError('bad name'); }
    }
  }
  if (Trigger.isAfter && Trigger.isInsert) {
    for (Campaign c : Trigger.new) {
      if (c.Name == 'throw') { Integer x = 1 / 0; }
      if (c.Name == 'late') { c.addError('too late'); }
      if (c.Name == 'write after') { c.Description = 'x'; }
      if (c.Name == 'loop') { insert new Campaign(Name = 'loop'); }
      if (c.Name == 'limit') { while (true) { [SELECT Id FROM Campaign LIMIT 1]; } }
      if (c.Name == 'signal') { EventBus.publish(new Circa_Sync_Signal__e(Kind__c = 'campaigns_changed')); }
      if (c.Name == 'enqueue') { System.enqueueJob(new Later()); }
    }
  }
}`;

const sources = {
  Watch:
    "public class Watch { public static List<String> log = new List<String>(); public static String all() { return String.join(log, '; '); } }",
  Later:
    "public class Later implements Queueable { public void execute(QueueableContext c) { insert new Campaign(Name = 'made later'); } }",
  "Watcher.trigger": watcher,
};

let bench: ApexBench;
beforeEach(() => {
  bench = new ApexBench(sources);
});

describe("context", () => {
  const cases: ConformanceCase[] = [
    [
      "insert new Campaign(Name = 'a'); System.debug(Watch.all());",
      "BEFORE_INSERT 1 1---; AFTER_INSERT 1 1-+-",
    ],
    [
      "Campaign c = new Campaign(Name = 'a'); insert c; Watch.log.clear(); update c; System.debug(Watch.all());",
      "BEFORE_UPDATE 1 11++; AFTER_UPDATE 1 11++",
    ],
    [
      "Campaign c = new Campaign(Name = 'a'); insert c; Watch.log.clear(); delete c; System.debug(Watch.all());",
      "BEFORE_DELETE 1 -1-+; AFTER_DELETE 1 -1-+",
    ],
    [
      "Campaign c = new Campaign(Name = 'a'); insert c; delete c; Watch.log.clear(); undelete c; System.debug(Watch.all());",
      "AFTER_UNDELETE 1 1-+-",
    ],
    [
      "List<Campaign> l = new List<Campaign>(); for (Integer i = 0; i < 401; i++) l.add(new Campaign(Name = 'a')); insert l; System.debug(Watch.all());",
      "BEFORE_INSERT 200 200---; AFTER_INSERT 200 200-+-; BEFORE_INSERT 200 200---; AFTER_INSERT 200 200-+-; BEFORE_INSERT 1 1---; AFTER_INSERT 1 1-+-",
    ],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});

describe("what triggers do to a save", () => {
  const cases: ConformanceCase[] = [
    [
      "Campaign c = new Campaign(Name = 'rename me'); insert c; Campaign d = [SELECT Name, Description FROM Campaign WHERE Id = :c.Id]; System.debug(d.Name + ' ' + d.Description + ' ' + c.Name);",
      "renamed by trigger rename me",
    ],
    [
      "insert new Campaign(Name = 'refuse me');",
      "System.DmlException: Insert failed. First exception on row 0; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, refused: []",
    ],
    [
      "insert new Campaign(Name = 'refuse field');",
      "System.DmlException: Insert failed. First exception on row 0; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, bad name: [Name]",
    ],
    [
      "insert new Campaign(Name = 'late');",
      "System.DmlException: Insert failed. First exception on row 0; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, too late: []",
    ],
    [
      "List<Campaign> l = new List<Campaign>{new Campaign(Name = 'fine'), new Campaign(Name = 'refuse me')}; Database.insert(l, false); System.debug([SELECT Name FROM Campaign].Name);",
      "fine",
    ],
    [
      "Database.insert(new List<Campaign>{new Campaign(Name = 'fine'), new Campaign(Name = 'late')}, false); System.debug([SELECT Name FROM Campaign].Name);",
      "fine",
    ],
    [
      "try { insert new Campaign(Name = 'throw'); } catch (DmlException e) { System.debug(e.getDmlStatusCode(0) + ' ' + e.getDmlMessage(0).contains('System.MathException: Divide by 0')); }",
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY true",
    ],
    [
      "try { insert new Campaign(Name = 'write after'); } catch (DmlException e) { System.debug(e.getMessage().contains('System.FinalException: Record is read-only')); }",
      "true",
    ],
    [
      "try { insert new Campaign(Name = 'loop'); } catch (DmlException e) { System.debug(e.getMessage().contains('maximum trigger depth exceeded') + ' ' + [SELECT COUNT() FROM Campaign]); }",
      "true 0",
    ],
    [
      "try { insert new Campaign(Name = 'limit'); } catch (Exception e) { System.debug('caught'); }",
      "System.LimitException: Too many SOQL queries: 101",
    ],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });

  test("nothing of a transaction that ran into a limit stays", async () => {
    await bench.run("insert new Campaign(Name = 'before'); insert new Campaign(Name = 'limit');");
    expect(await bench.run("System.debug([SELECT COUNT() FROM Campaign]);")).toBe("0");
  });
});

describe("events and jobs", () => {
  test("an event leaves after the commit, and not when the transaction is taken back", async () => {
    const published: string[] = [];
    bench.org.onEvents = (events) => published.push(...events.map((event) => event.eventName));
    await bench.run("insert new Campaign(Name = 'signal'); Integer x = 1 / 0;");
    expect(published).toEqual([]);
    await bench.run("insert new Campaign(Name = 'signal');");
    expect(published).toEqual(["Circa_Sync_Signal__e"]);
  });

  test("an event behind a savepoint that is rolled back does not leave", async () => {
    const published: string[] = [];
    bench.org.onEvents = (events) => published.push(...events.map((event) => event.eventName));
    await bench.run(
      "Savepoint s = Database.setSavepoint(); insert new Campaign(Name = 'signal'); Database.rollback(s);",
    );
    expect(published).toEqual([]);
  });

  test("a publish counts as one DML statement, and its failure is no exception", async () => {
    const source = `
      Database.SaveResult r = EventBus.publish(new Circa_Sync_Signal__e(Detail__c = 'no kind'));
      System.debug(r.isSuccess() + ' ' + r.getErrors()[0].getStatusCode() + ' ' + Limits.getDmlStatements());`;
    expect(await bench.run(source)).toBe("false REQUIRED_FIELD_MISSING 1");
  });

  test("a queueable runs after the commit, in a transaction of its own", async () => {
    expect(
      await bench.run(
        "insert new Campaign(Name = 'enqueue'); System.debug([SELECT COUNT() FROM Campaign]);",
      ),
    ).toBe("1");
    expect(await bench.run("System.debug([SELECT COUNT() FROM Campaign]);")).toBe("2");
  });

  test("a queueable of a transaction that fails does not run", async () => {
    await bench.run("insert new Campaign(Name = 'enqueue'); Integer x = 1 / 0;");
    expect(await bench.run("System.debug([SELECT COUNT() FROM Campaign]);")).toBe("0");
  });
});
