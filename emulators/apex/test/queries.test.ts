/**
 * SOQL from Apex.
 * Sources: Apex Developer Guide, "SOQL and SOSL Queries", "Working with SOQL Aggregate Functions",
 * "Using Apex Variables in SOQL", "Accessing sObject Fields Through Relationships" (a null relationship
 * reads as null); Apex Reference Guide, "Database Class".
 */
import type { ConformanceCase } from "./support/apex-bench.ts";
import { CampaignsBench } from "./support/campaigns-bench.ts";

const bench = new CampaignsBench();

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
    expect(await bench.run(source)).toBe(outcome);
  });
});
