/**
 * DML from Apex.
 * Sources: Apex Developer Guide, "DML Statements vs. Database Class Methods", "DML Operations",
 * "Transaction Control", "Bulk DML Exception Handling", "Enforce User Mode for Database Operations";
 * Apex Reference Guide, "Database Class", "DmlException Methods".
 */
import type { ConformanceCase } from "./support/apex-bench.ts";
import { CampaignsBench } from "./support/campaigns-bench.ts";

const bench = new CampaignsBench();

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
    const text = (await bench.run(source)).replace(/701\w{15}/, "701*");
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
    expect(await bench.run(source)).toBe(outcome);
  });
});
