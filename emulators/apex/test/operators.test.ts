/**
 * Operators and conversions.
 * Sources: Apex Developer Guide, "Expression Operators" (langCon_apex_expressions_operators_understanding),
 * "Rules of Conversion" (langCon_apex_type_conversion), "Primitive Data Types"
 * (langCon_apex_primitives), "Safe Navigation Operator", "Null Coalescing Operator".
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

const bench = new ApexBench();

const npe = "System.NullPointerException: Attempt to de-reference a null object";

describe("integer arithmetic", () => {
  const cases: ConformanceCase[] = [
    ["1 + 2 * 3", "7"],
    ["(1 + 2) * 3", "9"],
    ["7 / 2", "3"],
    ["-7 / 2", "-3"],
    ["Math.mod(7, 3)", "1"],
    ["Math.mod(-7, 3)", "-1"],
    ["2147483647 + 1", "-2147483648"],
    ["-2147483648", "-2147483648"],
    ["-2147483648 - 1", "2147483647"],
    ["65536 * 65536", "0"],
    ["1 / 0", "System.MathException: Divide by 0"],
    ["2147483648", "compile 1:1: Illegal integer: 2147483648"],
    ["2147483647L + 1", "2147483648"],
    ["9223372036854775807L + 1L", "-9223372036854775808"],
    ["5 & 3", "1"],
    ["5 | 3", "7"],
    ["5 ^ 3", "6"],
    ["~5", "-6"],
    ["1 << 4", "16"],
    ["-16 >> 2", "-4"],
    ["-1 >>> 28", "15"],
    ["1L << 40", "1099511627776"],
    ["true & false", "false"],
    ["true ^ true", "false"],
    ["true | false", "true"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("decimal and double arithmetic", () => {
  const cases: ConformanceCase[] = [
    ["1.10 + 2.205", "3.305"],
    ["1.50 * 2", "3.00"],
    ["1.5 - 1.5", "0.0"],
    ["1.0 / 4", "0.25"],
    ["1.0 / 3", "0.3333333333333333333333333333333333"],
    ["2.0 / 3", "0.6666666666666666666666666666666667"],
    ["10 / 4.0", "2.5"],
    ["0.1 + 0.2", "0.3"],
    ["0.1d + 0.2d", "0.30000000000000004"],
    ["1.5d", "1.5"],
    ["3.0d", "3.0"],
    ["1.0 / 0", "System.MathException: Divide by 0"],
    ["1.5 + 1", "2.5"],
    ["5 + 1.5d", "6.5"],
    ["(Integer) 3.99", "3"],
    ["(Integer) -3.99", "-3"],
    ["(Long) 3.99", "3"],
    ["(Decimal) 3", "3"],
    ["-1.50", "-1.50"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("equality", () => {
  const cases: ConformanceCase[] = [
    ["'abc' == 'ABC'", "true"],
    ["'abc' != 'ABC'", "false"],
    ["'abc'.equals('ABC')", "false"],
    ["'abc' === 'abc'", "true"],
    ["null == null", "true"],
    ["1 == 1.0", "true"],
    ["1 == 1L", "true"],
    ["1.50 == 1.5", "true"],
    ["'a' == null", "false"],
    ["Date.newInstance(2020, 1, 2) == Date.newInstance(2020, 1, 2)", "true"],
    ["new List<Integer>{1, 2} == new List<Integer>{1, 2}", "true"],
    ["new List<Integer>{1, 2} == new List<Integer>{2, 1}", "false"],
    ["new Set<Integer>{1, 2} == new Set<Integer>{2, 1}", "true"],
    ["new Map<String, Integer>{'a' => 1} == new Map<String, Integer>{'a' => 1}", "true"],
    ["new List<Integer>{1} === new List<Integer>{1}", "false"],
    ["new Campaign(Name = 'x') == new Campaign(Name = 'x')", "true"],
    ["new Campaign(Name = 'x') == new Campaign(Name = 'y')", "false"],
    ["new Campaign(Name = 'x') === new Campaign(Name = 'x')", "false"],
    ["Id.valueOf('701000000000001') == '701000000000001AAA'", "true"],
    ["1 == 'a'", "compile 1:1: Comparison arguments must be compatible types: Integer, String"],
    ["1 <> 2", "true"],
    ["1 !== 2", "true"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("order", () => {
  const cases: ConformanceCase[] = [
    ["1 < 2", "true"],
    ["2 <= 2", "true"],
    ["1.5 > 1", "true"],
    ["2L >= 3", "false"],
    ["'a' < 'b'", "true"],
    ["'b' > 'A'", "true"],
    ["Date.newInstance(2020, 1, 1) < Date.newInstance(2020, 1, 2)", "true"],
    ["(Integer) null < 1", "false"],
    ["(Integer) null >= 1", "false"],
    ["(Date) null < Date.newInstance(2020, 1, 1)", "false"],
    ["'a' > (String) null", "true"],
    [
      "true < false",
      "compile 1:1: Comparison arguments must be compatible types: Boolean, Boolean",
    ],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("texts put together", () => {
  const cases: ConformanceCase[] = [
    ["'a' + 1", "a1"],
    ["1 + 'a'", "1a"],
    ["1 + 2 + 'a'", "3a"],
    ["'a' + null", "anull"],
    ["'' + 1.50", "1.50"],
    ["'' + 1.0d", "1.0"],
    ["'' + true", "true"],
    ["'' + Date.newInstance(2020, 1, 2)", "2020-01-02 00:00:00"],
    ["String.valueOf(Date.newInstance(2020, 1, 2))", "2020-01-02"],
    ["'' + Datetime.newInstanceGmt(2020, 1, 2, 3, 4, 5)", "2020-01-02 03:04:05"],
    ["String.valueOf(Datetime.newInstanceGmt(2020, 7, 2, 3, 4, 5))", "2020-07-01 20:04:05"],
    ["'' + new List<Integer>{1, 2}", "(1, 2)"],
    ["'' + new Set<String>{'a'}", "{a}"],
    ["'' + new Map<String, Integer>{'a' => 1, 'b' => null}", "{a=1, b=null}"],
    ["'' + new Campaign(Name = 'x')", "Campaign:{Name=x}"],
    ["'line\\nbreak \\u0041 \\''", "line\nbreak A '"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("null", () => {
  const cases: ConformanceCase[] = [
    ["(Integer) null + 1", npe],
    ["-(Integer) null", npe],
    ["!((Boolean) null)", npe],
    ["(Boolean) null && true", npe],
    ["false && (Boolean) null", "false"],
    ["((String) null).length()", npe],
    ["((String) null)?.length()", "null"],
    ["((String) null)?.trim().length()", "null"],
    ["((Campaign) null)?.Name", "null"],
    ["((Campaign) null)?.Name.length()", "null"],
    ["((Campaign) null).Name", npe],
    ["new Campaign().Name", "null"],
    ["new Campaign().Owner.Name", "null"],
    ["new Campaign().IsActive", "false"],
    ["(String) null ?? 'b'", "b"],
    ["'a' ?? 'b'", "a"],
    ["((Integer) null ?? 1) + 1", "2"],
    ["((Boolean) null) ? 1 : 2", npe],
    ["(1 > 2) ? 'a' : null", "null"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("casts and instanceof", () => {
  const cases: ConformanceCase[] = [
    ["((Object) 'a') instanceof String", "true"],
    ["((Object) 1) instanceof Integer", "true"],
    ["((Object) 1) instanceof Decimal", "false"],
    ["((Object) 1.5) instanceof Decimal", "true"],
    ["((Object) null) instanceof String", "false"],
    ["((Object) new List<String>()) instanceof List<String>", "true"],
    ["((Object) new List<String>()) instanceof List<Integer>", "false"],
    ["((SObject) new Campaign()) instanceof Campaign", "true"],
    ["((SObject) new User()) instanceof Campaign", "false"],
    ["'701000000000001AAA' instanceof Id", "true"],
    ["'not an id' instanceof Id", "false"],
    [
      "(String) ((Object) 1)",
      "System.TypeException: Invalid conversion from runtime type Integer to String",
    ],
    [
      "(Campaign) ((SObject) new User())",
      "System.TypeException: Invalid conversion from runtime type User to Campaign",
    ],
    ["(Integer) ((Object) 5)", "5"],
    ["(Decimal) ((Object) 5)", "5"],
    ["(Id) '701000000000001'", "701000000000001AAA"],
    ["(Id) 'nonsense'", "System.StringException: Invalid id: nonsense"],
    [
      "(String) 1",
      "compile 1:1: Incompatible types since an instance of Integer is never an instance of String",
    ],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("assignments", () => {
  const cases: ConformanceCase[] = [
    ["Integer x = 5; x += 3; System.debug(x);", "8"],
    ["Integer x = 5; x++; ++x; System.debug(x);", "7"],
    ["Integer x = 5; System.debug(x++); System.debug(x);", "5\n6"],
    ["Integer x = 5; System.debug(--x);", "4"],
    ["Integer x = 7; x /= 2; x *= 5; x -= 1; System.debug(x);", "14"],
    ["Integer x = 6; x &= 3; x |= 8; x ^= 1; x <<= 2; System.debug(x);", "44"],
    ["String s = 'a'; s += 1; s += null; System.debug(s);", "a1null"],
    ["Decimal d = 1; d += 0.5; System.debug(d);", "1.5"],
    ["Long l = 1; Double d = l; Decimal c = d; System.debug(c);", "1"],
    ["Integer[] xs = new Integer[]{1, 2}; xs[0] += 5; xs[1]++; System.debug(xs);", "(6, 3)"],
    ["Integer a; Integer b; a = b = 4; System.debug(a + b);", "8"],
    ["Integer x = 1.5;", "compile 1:13: Illegal assignment from Decimal to Integer"],
    ["Integer x = 5L;", "compile 1:13: Illegal assignment from Long to Integer"],
    ["String s = 5;", "compile 1:12: Illegal assignment from Integer to String"],
    ["Id i = '701000000000001'; System.debug(i);", "701000000000001AAA"],
    ["Datetime t = Date.newInstance(2020, 1, 2); System.debug(t.dayGmt());", "2"],
    ["final Integer x = 1; x = 2;", "compile 1:22: Final variable has already been set: x"],
    ["Integer x = 1; Integer X = 2;", "compile 1:24: Duplicate variable: X"],
    ["List<Object> xs = new List<String>{'a'}; System.debug(xs);", "(a)"],
    [
      "Map<String, Object> m = new Map<String, String>();",
      "compile 1:29: Illegal assignment from Map<String,String> to Map<String,Object>",
    ],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});
