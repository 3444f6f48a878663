/**
 * Statements, loops, switch, exceptions.
 * Sources: Apex Developer Guide, "Control Flow Statements", "Switch Statements" (String clauses mind
 * case; null is a legal value; no fall-through), "Loops", "Exceptions in Apex", "Exception Statements",
 * "Exception Class and Built-In Exceptions", "Create Custom Exceptions"; Apex Reference Guide,
 * "Assert Class" ("You can't catch an assertion failure").
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

const bench = new ApexBench({
  MyException: "public virtual class MyException extends Exception { }",
  OtherException: `public class OtherException extends MyException {
    public Integer code;
    public OtherException(Integer code) { this.code = code; }
  }`,
  Flow: `public class Flow {
    public enum Size { SMALL, LARGE }
    public static String size(Size s) {
      switch on s { when SMALL { return 's'; } when LARGE { return 'l'; } when null { return 'none'; } }
      return 'never';
    }
    public static String ending(Integer how) {
      String log = '';
      try {
        log += 'try ';
        if (how == 1) { throw new MyException('x'); }
        if (how == 2) { return log + 'early'; }
      } catch (MyException e) { log += 'caught '; }
      finally { log += 'finally'; }
      return log;
    }
    public static Integer finallyWins() { try { throw new MyException('x'); } finally { return 5; } }
    public static void deep(Integer n) { deep(n + 1); }
    public static void thrower() { throw new MyException('from thrower'); }
  }`,
});

describe("loops and branches", () => {
  const cases: ConformanceCase[] = [
    ["for (Integer i = 0; i < 3; i++) { if (i == 1) { continue; } System.debug(i); }", "0\n2"],
    ["for (Integer i = 0, j = 5; i < j; i++, j--) { System.debug(i + j); }", "5\n5\n5"],
    ["Integer i = 0; while (true) { if (i == 2) { break; } i++; } System.debug(i);", "2"],
    ["Integer i = 5; do { i++; } while (i < 3); System.debug(i);", "6"],
    ["for (String s : new List<String>{'a', 'b'}) System.debug(s);", "a\nb"],
    [
      "if (1 > 2) System.debug('a'); else if (2 > 1) System.debug('b'); else System.debug('c');",
      "b",
    ],
    ["Integer x = 1; { Integer y = 2; x += y; } Integer y = 5; System.debug(x + y);", "8"],
    ["break;", "compile 1:1: break outside of a loop"],
    [
      "for (Integer i : new List<String>()) { }",
      "compile 1:1: Loop variable must be of type String, not Integer",
    ],
    ["if (1) { }", "compile 1:5: Condition expression must be of type Boolean, not Integer"],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});

describe("switch", () => {
  const cases: ConformanceCase[] = [
    [
      "switch on 2 { when 1 { System.debug('a'); } when 2, 3 { System.debug('b'); } when else { System.debug('c'); } }",
      "b",
    ],
    ["switch on -1 { when -1 { System.debug('minus'); } }", "minus"],
    [
      "switch on 'ORANGE' { when 'orange' { System.debug('low'); } when 'ORANGE' { System.debug('up'); } }",
      "up",
    ],
    ["String s = null; switch on s { when 'a' { } when null { System.debug('null'); } }", "null"],
    ["switch on 9 { when 1 { System.debug('a'); } } System.debug('after');", "after"],
    [
      "SObject r = new Campaign(Name = 'x'); switch on r { when User u { System.debug('user'); } when Campaign c { System.debug(c.Name); } }",
      "x",
    ],
    [
      "SObject r; switch on r { when Campaign c { System.debug('c'); } when null { System.debug('null'); } }",
      "null",
    ],
    ["System.debug(Flow.size(Flow.Size.LARGE) + Flow.size(null));", "lnone"],
    ["switch on 5L { when 5L { System.debug('long'); } }", "long"],
    ["switch on 1 { when 1 { } when 1 { } }", "compile 1:31: Duplicate when value: Integer 1"],
    [
      "switch on true { when else { } }",
      "compile 1:1: Switch expression cannot be of type Boolean",
    ],
    [
      "for (Integer i = 0; i < 3; i++) { switch on i { when 1 { break; } when else { System.debug(i); } } }",
      "0",
    ],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});

describe("exceptions", () => {
  const cases: ConformanceCase[] = [
    [
      "System.debug(Flow.ending(0)); System.debug(Flow.ending(1)); System.debug(Flow.ending(2));",
      "try finally\ntry caught finally\ntry early",
    ],
    ["System.debug(Flow.finallyWins());", "5"],
    ["throw new MyException('boom');", "MyException: boom"],
    ["throw new MyException();", "MyException: Script-thrown exception"],
    [
      "try { throw new OtherException(7); } catch (MyException e) { System.debug(((OtherException) e).code + e.getTypeName()); }",
      "7OtherException",
    ],
    [
      "try { Integer x = 1 / 0; } catch (NullPointerException e) { System.debug('n'); } catch (MathException e) { System.debug(e.getMessage()); }",
      "Divide by 0",
    ],
    [
      "try { String s; s.length(); } catch (Exception e) { System.debug(e.getTypeName()); }",
      "System.NullPointerException",
    ],
    [
      "try { throw new MyException('a', new MyException('b')); } catch (Exception e) { System.debug(e.getCause().getMessage()); }",
      "b",
    ],
    [
      "try { throw new System.IllegalArgumentException('bad'); } catch (IllegalArgumentException e) { System.debug(e); }",
      "System.IllegalArgumentException: bad",
    ],
    [
      "try { Flow.thrower(); } catch (Exception e) { System.debug(e.getStackTraceString()); System.debug(e.getLineNumber()); }",
      "Class.Flow.thrower: line 19, column 1\nAnonymousBlock: line 1, column 1\n19",
    ],
    [
      "try { Assert.fail('no'); } catch (Exception e) { System.debug('caught'); } finally { System.debug('finally'); }",
      "System.AssertException: Assertion Failed: no",
    ],
    [
      "try { Flow.deep(0); } catch (Exception e) { System.debug('caught'); }",
      "System.LimitException: Maximum stack depth reached: 1001",
    ],
    [
      "try { while (true) { Integer x = 1; } } catch (Exception e) { System.debug('caught'); }",
      "System.LimitException: Apex CPU time limit exceeded",
    ],
    [
      "try { Integer x = 1; } catch (String e) { }",
      "compile 1:24: Invalid catch type: String is no exception",
    ],
    ["throw 'a';", "compile 1:1: Throw expression must be of type exception: String"],
    [
      "AuraHandledException e = new AuraHandledException('shown'); e.setMessage('shown'); throw e;",
      "System.AuraHandledException: shown",
    ],
    [
      "try { List<Integer> xs; xs.add(1); } catch (NullPointerException e) { System.debug('npe'); }",
      "npe",
    ],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});
