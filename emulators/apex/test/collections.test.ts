/**
 * List, Set, Map and their loops.
 * Sources: Apex Reference Guide, "List Class", "Set Class", "Map Class"; Apex Developer Guide,
 * "Lists", "Sets", "Maps", "Sorting Collections", "Collections of sObjects", "Using Custom Types in
 * Map Keys and Sets".
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

const bench = new ApexBench({
  Point: `public class Point {
    public Integer x; public Integer y;
    public Point(Integer x, Integer y) { this.x = x; this.y = y; }
    public Boolean equals(Object other) {
      if (other instanceof Point) { Point p = (Point) other; return x == p.x && y == p.y; }
      return false;
    }
    public Integer hashCode() { return 31 * x + y; }
  }`,
  Plain: "public class Plain { public Integer x; public Plain(Integer x) { this.x = x; } }",
  Ranked: `public class Ranked implements Comparable {
    public Integer rank;
    public Ranked(Integer rank) { this.rank = rank; }
    public Integer compareTo(Object other) { return ((Ranked) other).rank - rank; }
    public override String toString() { return 'R' + rank; }
  }`,
  ByLength: `public class ByLength implements Comparator<String> {
    public Integer compare(String a, String b) { return a.length() - b.length(); }
  }`,
});

describe("List", () => {
  const cases: ConformanceCase[] = [
    ["new List<Integer>{1, 2}.size()", "2"],
    ["new List<String>{'a', 'b'}.get(1)", "b"],
    ["new List<Integer>{1}.get(1)", "System.ListException: List index out of bounds: 1"],
    ["new List<Integer>{1}[-1]", "System.ListException: List index out of bounds: -1"],
    ["new List<String>{'a'}.contains('A')", "false"],
    ["new List<String>{'a', 'b'}.indexOf('b')", "1"],
    ["new List<Integer>().isEmpty()", "true"],
    ["new Integer[3]", "(null, null, null)"],
    ["new List<Integer>(new Set<Integer>{3, 4})", "(3, 4)"],
    ["new List<Integer>{1, 2}.clone()", "(1, 2)"],
    ["new List<List<Integer>>{new List<Integer>{1}}", "((1))"],
    ["new List<Campaign>{new Campaign(Name = 'a')}.contains(new Campaign(Name = 'a'))", "true"],
    ["new List<Integer>{1}.toString()", "(1)"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });

  const programs: ConformanceCase[] = [
    ["List<Integer> l = new List<Integer>{3, 1, 2}; l.sort(); System.debug(l);", "(1, 2, 3)"],
    [
      "List<String> l = new List<String>{'b', null, 'a'}; l.sort(); System.debug(l);",
      "(null, a, b)",
    ],
    [
      "List<Integer> l = new List<Integer>{1, 2, 3}; System.debug(l.remove(1)); System.debug(l);",
      "2\n(1, 3)",
    ],
    [
      "List<Integer> l = new List<Integer>{1}; l.add(0, 5); l.addAll(new List<Integer>{7}); l.set(1, 9); System.debug(l);",
      "(5, 9, 7)",
    ],
    ["List<Integer> l = new List<Integer>{1}; l.clear(); System.debug(l.size());", "0"],
    [
      "List<Ranked> l = new List<Ranked>{new Ranked(1), new Ranked(3), new Ranked(2)}; l.sort(); System.debug(l);",
      "(R3, R2, R1)",
    ],
    [
      "List<String> l = new List<String>{'ccc', 'a', 'bb'}; l.sort(new ByLength()); System.debug(l);",
      "(a, bb, ccc)",
    ],
    [
      "List<Plain> l = new List<Plain>{new Plain(1), new Plain(2)}; l.sort();",
      "System.ListException: One or more of the items in this list is not Comparable.",
    ],
    [
      "List<Campaign> l = new List<Campaign>{new Campaign(Name = 'x')}; List<Campaign> c = l.deepClone(); c[0].Name = 'y'; System.debug(l[0].Name);",
      "x",
    ],
    [
      "List<Integer> l = new List<Integer>{1, 2}; for (Integer i : l) { l.add(3); }",
      "System.FinalException: Cannot modify a collection while it is being iterated.",
    ],
    [
      "Iterator<Integer> i = new List<Integer>{4, 5}.iterator(); while (i.hasNext()) { System.debug(i.next()); }",
      "4\n5",
    ],
    [
      "Iterator<Integer> i = new List<Integer>().iterator(); i.next();",
      "System.NoSuchElementException: No more elements",
    ],
  ];
  test.each(programs)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});

describe("Set", () => {
  const cases: ConformanceCase[] = [
    ["new Set<Integer>{1, 1, 2}.size()", "2"],
    ["new Set<String>{'a'}.contains('A')", "false"],
    ["new Set<Integer>{1}.add(1)", "false"],
    ["new Set<Integer>{1, 2}.containsAll(new List<Integer>{1, 2})", "true"],
    ["new Set<Decimal>{1.0, 1.00}.size()", "1"],
    ["new Set<Id>(new List<String>{'701000000000001'}).contains('701000000000001AAA')", "true"],
    ["new Set<Point>{new Point(1, 2), new Point(1, 2), new Point(2, 1)}.size()", "2"],
    ["new Set<Plain>{new Plain(1), new Plain(1)}.size()", "2"],
    ["new Set<Campaign>{new Campaign(Name = 'a'), new Campaign(Name = 'a')}.size()", "1"],
    ["new Set<List<Integer>>{new List<Integer>{1}, new List<Integer>{1}}.size()", "1"],
    ["new Set<Date>{Date.newInstance(2020, 1, 1), Date.newInstance(2020, 1, 1)}.size()", "1"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });

  const programs: ConformanceCase[] = [
    [
      "Set<Integer> s = new Set<Integer>{1, 2, 3}; System.debug(s.retainAll(new Set<Integer>{2})); System.debug(s);",
      "true\n{2}",
    ],
    [
      "Set<Integer> s = new Set<Integer>{1, 2, 3}; s.removeAll(new List<Integer>{1, 3}); System.debug(s);",
      "{2}",
    ],
    ["Set<Integer> s = new Set<Integer>{1}; for (Integer i : s) { System.debug(i); }", "1"],
    [
      "Set<Object> s = new Set<String>();",
      "compile 1:21: Illegal assignment from Set<String> to Set<Object>",
    ],
  ];
  test.each(programs)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});

describe("Map", () => {
  const cases: ConformanceCase[] = [
    ["new Map<String, Integer>{'a' => 1}.get('a')", "1"],
    ["new Map<String, Integer>{'a' => 1}.get('A')", "null"],
    ["new Map<String, Integer>{'a' => 1}.containsKey('a')", "true"],
    ["new Map<String, Integer>{'b' => 1, 'a' => 2}.keySet()", "{b, a}"],
    ["new Map<String, Integer>{'b' => 1, 'a' => 2}.values()", "(1, 2)"],
    ["new Map<Point, String>{new Point(1, 2) => 'x'}.get(new Point(1, 2))", "x"],
    [
      "new Map<Id, Campaign>(new List<Campaign>{new Campaign(Id = '701000000000001')}).keySet()",
      "{701000000000001AAA}",
    ],
    [
      "new Map<Id, Campaign>(new List<Campaign>{new Campaign()}).size()",
      "System.ListException: Row with null Id at index: 0",
    ],
    ["new Map<String, Integer>{'a' => 1}.isEmpty()", "false"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });

  const programs: ConformanceCase[] = [
    [
      "Map<String, Integer> m = new Map<String, Integer>(); System.debug(m.put('a', 1)); System.debug(m.put('a', 2)); System.debug(m.remove('a')); System.debug(m.size());",
      "null\n1\n2\n0",
    ],
    [
      "Map<String, Integer> m = new Map<String, Integer>{'a' => 1}; m.putAll(new Map<String, Integer>{'b' => 2}); System.debug(m);",
      "{a=1, b=2}",
    ],
    [
      "Map<Integer, List<String>> m = new Map<Integer, List<String>>{1 => new List<String>()}; m.get(1).add('x'); System.debug(m);",
      "{1=(x)}",
    ],
    ["Map<Id, SObject> m = new Map<Id, Campaign>(); System.debug(m.size());", "0"],
  ];
  test.each(programs)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});
