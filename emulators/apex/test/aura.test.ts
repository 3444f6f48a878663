/**
 * `@AuraEnabled` methods called as Lightning components do.
 * Sources: Apex Developer Guide, "AuraEnabled Annotation"; LWC Developer Guide, "Call Apex Methods" and
 * "Error Handling Best Practices"; Apex Reference Guide, "AuraHandledException Class".
 */
import { AuraMethodError } from "../index.ts";
import { ApexBench } from "./support/apex-bench.ts";

const bench = new ApexBench({
  Screen: `public with sharing class Screen {
    public class Row {
      @AuraEnabled public String label;
      @AuraEnabled public Integer count { get; set; }
      @AuraEnabled public List<Row> parts = new List<Row>();
      public String hidden = 'x';
    }
    @AuraEnabled(cacheable=true)
    public static Row read(String label, Integer count) {
      Row r = new Row(); r.label = label; r.count = count; return r;
    }
    @AuraEnabled public static Integer total(List<Row> rows) {
      Integer sum = 0; for (Row r : rows) { sum += r.count; } return sum;
    }
    @AuraEnabled public static Campaign save(Campaign record) { insert record; return [SELECT Name, StartDate FROM Campaign WHERE Id = :record.Id]; }
    @AuraEnabled public static Map<String, Object> mixed() { return new Map<String, Object>{'a' => 1.50, 'b' => Date.newInstance(2026, 1, 2), 'c' => null}; }
    @AuraEnabled public static void nothing() { }
    @AuraEnabled public static void fails() { throw new AuraHandledException('Shown to people'); }
    @AuraEnabled public static void failsLate() { insert new Campaign(Name = 'taken back'); Integer x = 1 / 0; }
    public static void closed() { }
  }`,
});

function call(method: string, args: Record<string, unknown> = {}): unknown {
  return bench.engine.invokeAura(bench.userId, "Screen", method, args);
}

test("arguments are JSON by name, results show their @AuraEnabled members", () => {
  expect(call("read", { label: "x", count: 3 })).toEqual({
    ok: true,
    value: { label: "x", count: 3, parts: [] },
  });
});

test("a missing argument is null", () => {
  expect(call("read")).toEqual({ ok: true, value: { label: null, count: null, parts: [] } });
});

test("lists of objects come in", () => {
  expect(call("total", { rows: [{ count: 2 }, { count: 5 }] })).toEqual({ ok: true, value: 7 });
});

test("records go in and out without attributes", () => {
  const answer = call("save", { record: { Name: "From screen", StartDate: "2026-05-06" } });
  expect(answer).toEqual({
    ok: true,
    value: {
      Id: expect.stringMatching(/^701/) as string,
      Name: "From screen",
      StartDate: "2026-05-06",
    },
  });
});

test("maps, dates and nulls are plain JSON", () => {
  expect(call("mixed")).toEqual({ ok: true, value: { a: 1.5, b: "2026-01-02", c: null } });
});

test("a void method answers null", () => {
  expect(call("nothing")).toEqual({ ok: true, value: null });
});

test("an AuraHandledException comes with its message", () => {
  expect(call("fails")).toMatchObject({
    ok: false,
    error: { exceptionType: "System.AuraHandledException", message: "Shown to people" },
  });
});

test("any exception takes the transaction back", async () => {
  expect(call("failsLate")).toMatchObject({
    ok: false,
    error: { exceptionType: "System.MathException", message: "Divide by 0" },
  });
  expect(
    await bench.run("System.debug([SELECT COUNT() FROM Campaign WHERE Name = 'taken back']);"),
  ).toBe("0");
});

test("a method that is not there, or not for screens, is refused", () => {
  expect(() => call("closed")).toThrow(AuraMethodError);
  expect(() => call("missing")).toThrow("There is no @AuraEnabled method Screen.missing.");
});
