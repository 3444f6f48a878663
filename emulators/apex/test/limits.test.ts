/**
 * Governor limits: counted, enforced, and past every catch.
 * Source: Apex Developer Guide, "Execution Governors and Limits" (100 queries, 50,000 rows, 150 DML
 * statements, 10,000 DML rows, 10 s of CPU, stack depth 1,000) and "LimitException" in "Exceptions that
 * Can't be Caught". Queries on custom metadata types are free.
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

const bench = new ApexBench();

const cases: ConformanceCase[] = [
  [
    "for (Integer i = 0; i < 100; i++) { [SELECT Id FROM Campaign LIMIT 1]; } System.debug(Limits.getQueries());",
    "100",
  ],
  [
    "try { for (Integer i = 0; i < 101; i++) { [SELECT Id FROM Campaign LIMIT 1]; } } catch (Exception e) { System.debug('caught'); }",
    "System.LimitException: Too many SOQL queries: 101",
  ],
  [
    "for (Integer i = 0; i < 101; i++) { [SELECT Id FROM Circa_Field_Mapping__mdt]; } System.debug(Limits.getQueries());",
    "0",
  ],
  [
    "for (Integer i = 0; i < 150; i++) { insert new Campaign(Name = 'x'); } System.debug(Limits.getDmlStatements());",
    "150",
  ],
  [
    "for (Integer i = 0; i < 151; i++) { insert new Campaign(Name = 'x'); }",
    "System.LimitException: Too many DML statements: 151",
  ],
  [
    "List<Campaign> l = new List<Campaign>(); for (Integer i = 0; i < 10001; i++) { l.add(new Campaign(Name = 'x')); } insert l;",
    "System.LimitException: Too many DML rows: 10001",
  ],
  [
    "insert new List<Campaign>{new Campaign(Name = 'a'), new Campaign(Name = 'b')}; System.debug(Limits.getDmlRows() + ' ' + Limits.getDmlStatements());",
    "2 1",
  ],
  [
    "for (Integer i = 0; i < 151; i++) { EventBus.publish(new Circa_Sync_Signal__e(Kind__c = 'x')); }",
    "System.LimitException: Too many DML statements: 151",
  ],
  ["System.debug(Limits.getCpuTime());", "0"],
  ["for (Integer i = 0; i < 100000; i++) { } System.debug(Limits.getCpuTime() > 10);", "true"],
  ["while (true) { }", "System.LimitException: Apex CPU time limit exceeded"],
];

test.each(cases)("%s gives %s", async (source, outcome) => {
  expect(await bench.run(source)).toBe(outcome);
});
