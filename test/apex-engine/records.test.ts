/**
 * SOQL and DML from Apex.
 * Sources: Apex Developer Guide, "SOQL and SOSL Queries", "Working with SOQL Aggregate Functions",
 * "Using Apex Variables in SOQL", "DML Statements vs. Database Class Methods", "DML Operations",
 * "Transaction Control", "Bulk DML Exception Handling", "Enforce User Mode for Database Operations",
 * "Accessing sObject Fields Through Relationships" (a null relationship reads as null); Apex
 * Reference Guide, "Database Class", "DmlException Methods", "Security Class".
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

const bench = new ApexBench();

/** Three Campaigns: Alpha 2026-01-01 100, Beta without date 50.5, Gamma 2026-03-01 null. */
const seeded = `insert new List<Campaign>{
  new Campaign(Name = 'Alpha', StartDate = Date.newInstance(2026, 1, 1), Circa_Paid_Total__c = 100, Status = 'Planned'),
  new Campaign(Name = 'Beta', Circa_Paid_Total__c = 50.5, Status = 'Planned'),
  new Campaign(Name = 'Gamma', StartDate = Date.newInstance(2026, 3, 10), Status = 'Completed')};
`;

/** Runs statements on the three Campaigns, and takes everything back. */
async function onCampaigns(source: string): Promise<string> {
  const start = bench.org.store.savepoint();
  const result = await bench.run(seeded + source);
  bench.org.store.rollbackTo(start);
  for (const row of [...bench.org.store.rows("Campaign")])
    bench.org.store.remove("Campaign", row.Id);
  bench.org.store.commit();
  return result;
}

describe("queries", () => {
  const cases: ConformanceCase[] = [
    ["System.debug([SELECT Name FROM Campaign ORDER BY Name].size());", "3"],
    ["System.debug([SELECT Name FROM Campaign WHERE Name = 'Beta'].Name);", "Beta"],
    ["Campaign c = [SELECT Name FROM Campaign WHERE Name = 'beta']; System.debug(c.Name);", "Beta"],
    [
      "Campaign c = [SELECT Id FROM Campaign WHERE Name = 'none'];",
      "System.QueryException: List has no rows for assignment to SObject",
    ],
    [
      "Campaign c = [SELECT Id FROM Campaign];",
      "System.QueryException: List has more than 1 row for assignment to SObject",
    ],
    [
      "Campaign c = [SELECT Id FROM Campaign LIMIT 1]; System.debug(c.Name);",
      "System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: Campaign.Name",
    ],
    [
      "Campaign c = [SELECT Id FROM Campaign LIMIT 1]; System.debug(c.get('Name'));",
      "System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: Campaign.Name",
    ],
    ["Campaign c = [SELECT Name FROM Campaign LIMIT 1]; System.debug(c.Id != null);", "true"],
    ["String n = 'Beta'; System.debug([SELECT Id FROM Campaign WHERE Name = :n].size());", "1"],
    ["System.debug([SELECT Id FROM Campaign WHERE Name = :'Be' + 'ta'].size());", "1"],
    [
      "Set<String> ns = new Set<String>{'Alpha', 'Gamma'}; System.debug([SELECT Id FROM Campaign WHERE Name IN :ns].size());",
      "2",
    ],
    ["System.debug([SELECT Id FROM Campaign WHERE Name IN :new List<String>()].size());", "0"],
    [
      "System.debug([SELECT Id FROM Campaign WHERE Name NOT IN :new Set<String>{'Beta'}].size());",
      "2",
    ],
    [
      "System.debug([SELECT Id FROM Campaign WHERE Name IN :new Map<String, Integer>{'Beta' => 1}.keySet()].size());",
      "1",
    ],
    [
      "String quote = 'O\\'Neil \\\\ %'; System.debug([SELECT Id FROM Campaign WHERE Name = :quote].size());",
      "0",
    ],
    [
      "Date d = Date.newInstance(2026, 2, 1); System.debug([SELECT Name FROM Campaign WHERE StartDate > :d][0].Name);",
      "Gamma",
    ],
    ["System.debug([SELECT Name FROM Campaign WHERE StartDate = TODAY][0].Name);", "Gamma"],
    ["System.debug([SELECT Name FROM Campaign WHERE StartDate = LAST_N_DAYS:30].size());", "1"],
    ["System.debug([SELECT Id FROM Campaign WHERE StartDate = null].size());", "1"],
    ["Date d; System.debug([SELECT Id FROM Campaign WHERE StartDate = :d].size());", "1"],
    [
      "Decimal m = 60; System.debug([SELECT Name FROM Campaign WHERE Circa_Paid_Total__c < :m][0].Name);",
      "Beta",
    ],
    ["System.debug([SELECT Id FROM Campaign WHERE Name LIKE '%a'].size());", "3"],
    [
      "System.debug([SELECT Id FROM Campaign WHERE (Name = 'Alpha' OR Name = 'Beta') AND Status = 'Planned'].size());",
      "2",
    ],
    ["System.debug([SELECT Id FROM Campaign WHERE NOT (Name = 'Alpha')].size());", "2"],
    [
      "for (Campaign c : [SELECT Name FROM Campaign ORDER BY Name DESC]) System.debug(c.Name);",
      "Gamma\nBeta\nAlpha",
    ],
    ["for (List<Campaign> some : [SELECT Name FROM Campaign]) System.debug(some.size());", "3"],
    [
      "System.debug([SELECT Name FROM Campaign ORDER BY StartDate NULLS LAST, Name][2].Name);",
      "Beta",
    ],
    ["System.debug([SELECT Name FROM Campaign ORDER BY Name LIMIT 1 OFFSET 1][0].Name);", "Beta"],
    ["Integer n = 2; System.debug([SELECT Id FROM Campaign LIMIT :n].size());", "2"],
    ["System.debug([SELECT COUNT() FROM Campaign WHERE Status = 'Planned']);", "2"],
    ["System.debug([SELECT COUNT(Id) total FROM Campaign][0].get('total'));", "3"],
    ["System.debug([SELECT SUM(Circa_Paid_Total__c) FROM Campaign][0].get('expr0'));", "150.5"],
    [
      "for (AggregateResult r : [SELECT Status, COUNT(Id) n FROM Campaign GROUP BY Status ORDER BY Status]) System.debug(r.get('Status') + ' ' + r.get('n'));",
      "Planned 2\nCompleted 1",
    ],
    [
      "for (AggregateResult r : [SELECT Status FROM Campaign GROUP BY Status ORDER BY COUNT(Id) DESC]) System.debug(r.get('Status'));",
      "Planned\nCompleted",
    ],
    [
      "System.debug([SELECT Status, COUNT(Id) n FROM Campaign GROUP BY Status ORDER BY COUNT(Id), Status LIMIT 1][0].get('n'));",
      "1",
    ],
    [
      "Campaign p = [SELECT Id FROM Campaign LIMIT 1]; insert new List<Campaign>{ new Campaign(Name = 'c1', ParentId = p.Id), new Campaign(Name = 'c2', ParentId = p.Id) }; Campaign q = [SELECT Id, (SELECT Name FROM ChildCampaigns WHERE Name != 'x' ORDER BY Name DESC) FROM Campaign WHERE Id = :p.Id]; for (Campaign c : q.ChildCampaigns) System.debug(c.Name); System.debug(Limits.getQueryRows());",
      "c2\nc1\n4",
    ],
    [
      "System.debug([SELECT Id, (SELECT Id FROM ChildCampaigns) FROM Campaign LIMIT 1].ChildCampaigns.size());",
      "0",
    ],
    [
      "System.debug([SELECT Status FROM Campaign GROUP BY Status HAVING COUNT(Id) > 1].size());",
      "1",
    ],
    ["System.debug([SELECT Owner.Name FROM Campaign LIMIT 1].Owner.Name);", "Jamie Rivera"],
    ["System.debug([SELECT Parent.Name FROM Campaign LIMIT 1].Parent.Name);", "null"],
    ["System.debug([SELECT Id FROM Campaign WHERE Owner.Name = 'Jamie Rivera'].size());", "3"],
    [
      "Map<Id, Campaign> m = new Map<Id, Campaign>([SELECT Name FROM Campaign]); System.debug(m.size());",
      "3",
    ],
    [
      "System.debug([SELECT Circa_Paid_Total__c FROM Campaign WHERE Name = 'Beta'].Circa_Paid_Total__c + 1);",
      "51.50",
    ],
    [
      "System.debug(Database.query('SELECT Name FROM Campaign WHERE Name = \\'Beta\\'')[0].get('Name'));",
      "Beta",
    ],
    [
      "String n = 'Beta'; System.debug(Database.query('SELECT Name FROM Campaign WHERE Name = :n').size());",
      "1",
    ],
    [
      "System.debug(Database.queryWithBinds('SELECT Id FROM Campaign WHERE Name = :x', new Map<String, Object>{'x' => 'Beta'}, AccessLevel.SYSTEM_MODE).size());",
      "1",
    ],
    ["System.debug(Database.countQuery('SELECT COUNT() FROM Campaign'));", "3"],
    [
      "Database.query('SELECT Nope FROM Campaign');",
      "System.QueryException: No such column 'Nope' on entity 'Campaign'.",
    ],
    [
      "System.debug([SELECT Nope FROM Campaign]);",
      "compile 5:15: No such column 'Nope' on entity 'Campaign'.",
    ],
    ["System.debug([SELECT Id FROM Nope]);", "compile 5:15: sObject type 'Nope' is not supported."],
    [
      "System.debug([SELECT Nope.Name FROM Campaign]);",
      "compile 5:15: Didn't understand relationship 'Nope' in field path.",
    ],
    [
      "System.debug([SELECT Id FROM Campaign WHERE Nope = 1]);",
      "compile 5:15: No such column 'Nope' on entity 'Campaign'.",
    ],
    [
      "System.debug([SELECT Name FROM Campaign WHERE Name = 'none']?.Name);",
      "System.QueryException: List has no rows for assignment to SObject",
    ],
    [
      "List<Campaign> l = [SELECT Id FROM Campaign WHERE Name = 'none']; System.debug(l.isEmpty());",
      "true",
    ],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await onCampaigns(source)).toBe(outcome);
  });
});

describe("writes", () => {
  const one = "Campaign c = [SELECT Name, StartDate FROM Campaign WHERE Name = 'Alpha']; ";
  const cases: ConformanceCase[] = [
    [
      "Campaign n = new Campaign(Name = 'New'); insert n; System.debug(n.Id.getSObjectType());",
      "Campaign",
    ],
    [
      "insert new Campaign();",
      "System.DmlException: Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [Name]: [Name]",
    ],
    [
      one +
        "c.Name = 'Renamed'; update c; System.debug([SELECT Name FROM Campaign WHERE Id = :c.Id].Name);",
      "Renamed",
    ],
    [
      one +
        "c.StartDate = null; update c; System.debug([SELECT StartDate FROM Campaign WHERE Id = :c.Id].StartDate);",
      "null",
    ],
    [one + "delete c; System.debug([SELECT COUNT() FROM Campaign]);", "2"],
    [one + "delete c; undelete c; System.debug([SELECT COUNT() FROM Campaign]);", "3"],
    [one + "delete c; System.debug([SELECT COUNT() FROM Campaign ALL ROWS]);", "3"],
    [
      one + "delete c; update c;",
      "System.DmlException: Update failed. First exception on row 0 with id 701*; first error: ENTITY_IS_DELETED, entity is deleted: []",
    ],
    [
      one + "insert c;",
      "System.DmlException: Insert failed. First exception on row 0 with id 701*; first error: INVALID_FIELD_FOR_INSERT_UPDATE, cannot specify Id in an insert call: [Id]",
    ],
    [
      "update new Campaign(Name = 'x');",
      "System.DmlException: Update failed. First exception on row 0; first error: MISSING_ARGUMENT, Id not specified in an update call: []",
    ],
    [one + "update new List<Campaign>{c, c};", "System.ListException: Duplicate id in list: 701*"],
    [
      one +
        "upsert new List<Campaign>{c, new Campaign(Name = 'Fresh')}; System.debug([SELECT COUNT() FROM Campaign]);",
      "4",
    ],
    [
      "upsert new Campaign(Name = 'Ext', Circa_Event_Id__c = 'E1') Circa_Event_Id__c; upsert new Campaign(Name = 'Ext2', Circa_Event_Id__c = 'E1') Circa_Event_Id__c; System.debug([SELECT Name FROM Campaign WHERE Circa_Event_Id__c = 'E1'].Name);",
      "Ext2",
    ],
    [
      "upsert new Campaign(Name = 'x') Description;",
      "compile 5:1: Invalid field for upsert, must be an External Id: Description",
    ],
    [
      "insert new Campaign(Name = 'x', Circa_Sync_Status__c = 'Wrong');",
      "System.DmlException: Insert failed. First exception on row 0; first error: INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, Circa Sync Status: bad value for restricted picklist field: Wrong: [Circa_Sync_Status__c]",
    ],
    [
      "insert (Campaign) null;",
      "System.NullPointerException: Attempt to de-reference a null object",
    ],
    ["insert 'a';", "compile 5:1: DML requires SObject or SObject list type: String"],
    [
      "List<Campaign> none = new List<Campaign>(); insert none; System.debug(Limits.getDmlStatements());",
      "1",
    ],
    [
      "List<SObject> mixed = new List<SObject>{new Campaign(Name = 'm')}; insert mixed; System.debug(mixed[0].Id != null);",
      "true",
    ],
    [
      "Campaign n = new Campaign(Name = ''); insert n;",
      "System.DmlException: Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [Name]: [Name]",
    ],
    [
      "try { insert new List<Campaign>{new Campaign(Name = 'ok'), new Campaign()}; } catch (DmlException e) { System.debug(e.getNumDml() + ' ' + e.getDmlIndex(0) + ' ' + e.getDmlStatusCode(0) + ' ' + e.getDmlFieldNames(0) + ' ' + [SELECT COUNT() FROM Campaign]); }",
      "1 1 REQUIRED_FIELD_MISSING (Name) 3",
    ],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    const text = (await onCampaigns(source)).replace(/701\w{15}/, "701*");
    expect(text).toBe(outcome);
  });
});

describe("the Database class", () => {
  const two =
    "List<Campaign> two = new List<Campaign>{new Campaign(Name = 'ok'), new Campaign()}; ";
  const cases: ConformanceCase[] = [
    [
      two +
        "for (Database.SaveResult r : Database.insert(two, false)) System.debug(r.isSuccess() + ' ' + r.getErrors().size());",
      "true 0\nfalse 1",
    ],
    [
      two + "Database.insert(two, false); System.debug((two[0].Id != null) + ' ' + two[1].Id);",
      "true null",
    ],
    [
      two +
        "Database.Error e = Database.insert(two, false)[1].getErrors()[0]; System.debug(e.getStatusCode() + ' ' + e.getMessage() + ' ' + e.getFields());",
      "REQUIRED_FIELD_MISSING Required fields are missing: [Name] (Name)",
    ],
    [
      two + "Database.insert(two);",
      "System.DmlException: Insert failed. First exception on row 1; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [Name]: [Name]",
    ],
    ["System.debug(Database.insert(new Campaign(Name = 'x'), false).isSuccess());", "true"],
    [
      "Database.UpsertResult r = Database.upsert(new Campaign(Name = 'x', Circa_Event_Id__c = 'E9'), Campaign.Circa_Event_Id__c); System.debug(r.isCreated());",
      "true",
    ],
    ["System.debug(Database.delete([SELECT Id FROM Campaign], false).size());", "3"],
    [
      "List<Id> ids = new List<Id>(new Map<Id, Campaign>([SELECT Id FROM Campaign]).keySet()); Database.delete(ids); System.debug([SELECT COUNT() FROM Campaign]);",
      "0",
    ],
    [
      "Savepoint s = Database.setSavepoint(); delete [SELECT Id FROM Campaign]; Database.rollback(s); System.debug([SELECT COUNT() FROM Campaign]);",
      "3",
    ],
    [
      "System.debug(Database.update([SELECT Id FROM Campaign], AccessLevel.USER_MODE).size());",
      "3",
    ],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await onCampaigns(source)).toBe(outcome);
  });
});
