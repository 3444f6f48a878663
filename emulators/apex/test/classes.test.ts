/**
 * Classes, interfaces, properties, statics, enums, overloads.
 * Sources: Apex Developer Guide, "Apex Classes" and its pages: "Class Methods", "Using Constructors",
 * "Static and Instance Methods, Variables, and Initialization Code", "Apex Properties", "Extending a
 * Class", "Interfaces", "Access Modifiers", "Using the this/super Keyword", "Enums"; "Method
 * Overloading" in "Classes and Casting".
 */
import { ApexBench, type ConformanceCase, loadError } from "./support/apex-bench.ts";

const bench = new ApexBench({
  Animal: `public abstract class Animal {
    protected String name;
    public static Integer made = 0;
    { made++; }
    public Animal() { this('nameless'); }
    public Animal(String name) { this.name = name; }
    public abstract String sound();
    public virtual String describe() { return name + ' says ' + sound(); }
    public String twice() { return describe() + '; ' + describe(); }
  }`,
  Dog: `public virtual class Dog extends Animal {
    public Dog() { super('dog'); }
    public Dog(String name) { super(name); }
    public override String sound() { return 'woof'; }
  }`,
  Puppy: `public class Puppy extends Dog {
    public override String sound() { return super.sound().toUpperCase(); }
    public override String describe() { return 'little ' + super.describe(); }
  }`,
  Shape: "public interface Shape { Decimal area(); }",
  Named: "public interface Named extends Shape { String name(); }",
  Square: `public class Square implements Named {
    private final Decimal side;
    public Square(Decimal side) { this.side = side; }
    public Decimal area() { return side * side; }
    public String name() { return 'square'; }
  }`,
  Props: `public class Props {
    public Integer plain { get; set; }
    public Integer doubled { get { return doubled * 2; } set { doubled = value + 1; } }
    public Integer readOnly { get; private set; }
    public static String shared { get { if (shared == null) { shared = 'made'; } return shared; } private set; }
    public Props() { readOnly = 7; }
  }`,
  Order: `public class Order {
    public static List<String> log = new List<String>();
    static { log.add('static block'); }
    public String field = note('field');
    { log.add('instance block'); }
    public Order() { log.add('constructor'); }
    static String note(String what) { log.add(what); return what; }
    public static String all() { new Order(); return String.join(log, ', '); }
  }`,
  Overloads: `public class Overloads {
    public static String of(Integer x) { return 'Integer'; }
    public static String of(Long x) { return 'Long'; }
    public static String of(Decimal x) { return 'Decimal'; }
    public static String of(String x) { return 'String'; }
    public static String of(Object x) { return 'Object'; }
    public static String of(List<Object> x) { return 'List'; }
    public static String of(Campaign x) { return 'Campaign'; }
    public static String of(SObject x) { return 'SObject'; }
    public static String of(Integer x, Decimal y) { return 'two'; }
  }`,
  Outer: `public class Outer {
    private static String secret = 'outer secret';
    public enum Color { RED, GREEN, BLUE }
    public class Inner { public String read() { return secret; } }
    public virtual class Base { public virtual String who() { return 'base'; } }
    public class Derived extends Base { public override String who() { return 'derived ' + super.who(); } }
    public static String viaInner() { return new Inner().read(); }
    public static Integer fib(Integer n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
  }`,
});

describe("inheritance and interfaces", () => {
  const cases: ConformanceCase[] = [
    ["new Dog().describe()", "dog says woof"],
    ["new Dog('rex').twice()", "rex says woof; rex says woof"],
    ["new Puppy().describe()", "little dog says WOOF"],
    ["((Animal) new Puppy()).sound()", "WOOF"],
    ["((Object) new Puppy()) instanceof Animal", "true"],
    ["((Object) new Dog()) instanceof Puppy", "false"],
    [
      "(Puppy) ((Animal) new Dog())",
      "System.TypeException: Invalid conversion from runtime type Dog to Puppy",
    ],
    ["((Shape) new Square(1.5)).area()", "2.25"],
    ["((Named) new Square(2)).name()", "square"],
    ["((Object) new Square(2)) instanceof Shape", "true"],
    ["new Animal()", "compile 1:5: Type cannot be constructed: Animal"],
    ["new Shape()", "compile 1:5: Type cannot be constructed: Shape"],
    ["new Outer.Derived().who()", "derived base"],
    ["Outer.viaInner()", "outer secret"],
    ["Outer.fib(15)", "610"],
    ["new Square(1).side", "compile 1:15: Square.side is private and not visible here"],
    ["new Dog().name", "compile 1:11: Animal.name is protected and not visible here"],
    [
      "new Dog().nothing()",
      "compile 1:11: Method does not exist or incorrect signature: nothing() from the type Dog (the Apex engine has no method of this name there)",
    ],
    [
      "Dog.sound()",
      "compile 1:5: Method does not exist or incorrect signature: sound() from the type Dog (the Apex engine has no method of this name there)",
    ],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });

  test("statics count in one transaction and start anew in the next", async () => {
    expect(await bench.run("new Dog(); new Puppy(); System.debug(Animal.made);")).toBe("2");
    expect(await bench.run("System.debug(Animal.made);")).toBe("0");
  });

  test("static block, fields, instance blocks and constructor run in that order", () => {
    expect(bench.evaluate("Order.all()")).toBe("static block, field, instance block, constructor");
  });
});

describe("properties", () => {
  const cases: ConformanceCase[] = [
    ["Props p = new Props(); p.plain = 3; p.plain += 4; System.debug(p.plain);", "7"],
    ["Props p = new Props(); p.doubled = 4; System.debug(p.doubled);", "10"],
    ["System.debug(new Props().readOnly);", "7"],
    ["new Props().readOnly = 3;", "compile 1:13: Props.readOnly is private and not visible here"],
    ["System.debug(Props.shared + Props.shared);", "mademade"],
    ["Props p; p.plain = 1;", "System.NullPointerException: Attempt to de-reference a null object"],
  ];
  test.each(cases)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});

describe("overloads take the nearest parameter", () => {
  const cases: ConformanceCase[] = [
    ["Overloads.of(1)", "Integer"],
    ["Overloads.of(1L)", "Long"],
    ["Overloads.of(1.0)", "Decimal"],
    ["Overloads.of(1.0d)", "Decimal"],
    ["Overloads.of('a')", "String"],
    ["Overloads.of(true)", "Object"],
    ["Overloads.of(new List<String>())", "List"],
    ["Overloads.of(new Campaign())", "Campaign"],
    ["Overloads.of((SObject) new Campaign())", "SObject"],
    ["Overloads.of(new User())", "SObject"],
    ["Overloads.of(1, 2)", "two"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("enums", () => {
  const cases: ConformanceCase[] = [
    ["Outer.Color.GREEN", "GREEN"],
    ["Outer.Color.GREEN.ordinal()", "1"],
    ["Outer.Color.GREEN.name()", "GREEN"],
    ["Outer.Color.values()", "(RED, GREEN, BLUE)"],
    ["Outer.Color.valueOf('BLUE')", "BLUE"],
    [
      "Outer.Color.valueOf('PINK')",
      "System.NoSuchElementException: No enum constant Outer.Color.PINK",
    ],
    ["Outer.Color.RED == Outer.Color.RED", "true"],
    ["new Map<Outer.Color, Integer>{Outer.Color.RED => 1}.get(Outer.Color.RED)", "1"],
    ["Outer.Color.PINK", "compile 1:13: Variable does not exist: Outer.Color.PINK"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("what does not load", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "a class that lacks an interface's method",
      "public class Bad implements Comparable { }",
      "compile 1:8: Class Bad must implement the method: Integer Comparable.compareTo(Object)",
    ],
    [
      "an override of nothing",
      "public class Bad { public override String foo() { return 'x'; } }",
      "compile 1:43: Method does not override an ancestor method: foo",
    ],
    [
      "a missing return",
      "public class Bad { Integer foo(Boolean b) { if (b) { return 1; } } }",
      "compile 1:28: Missing return statement required return type: Integer",
    ],
    [
      "an unknown type",
      "public class Bad { Nowhere x; }",
      "compile 1:20: Invalid type: Nowhere (no such class or object here, or one the Apex engine does not have)",
    ],
    [
      "an unknown variable",
      "public class Bad { Integer foo() { return y; } }",
      "compile 1:43: Variable does not exist: y",
    ],
    [
      "an unknown field of a record",
      "public class Bad { String foo(Campaign c) { return c.Nope__c; } }",
      "compile 1:54: Variable does not exist: Campaign.Nope__c",
    ],
    [
      "an instance field in a static method",
      "public class Bad { Integer x; static Integer foo() { return x; } }",
      "compile 1:61: Variable does not exist: x (an instance field in a static context)",
    ],
    [
      "the same method twice",
      "public class Bad { void a(Integer x) {} void A(Integer y) {} }",
      "compile 1:46: Method already defined: A",
    ],
    ["a syntax error", "public class Bad { Integer x = ; }", "compile 1:32: mismatched input ';'"],
    [
      "a wrong assignment",
      "public class Bad { Integer x = 'a'; }",
      "compile 1:32: Illegal assignment from String to Integer",
    ],
    [
      "a class that extends a closed one",
      "public class Bad extends Closed { }",
      "compile 1:8: Non-virtual and non-abstract type cannot be extended: Closed",
    ],
    [
      "an exception without the ending",
      "public class Bad extends Exception { }",
      "compile 1:8: Exception class must end with the word Exception: Bad",
    ],
    [
      "a final field that is set later",
      "public class Bad { final Integer x = 1; void foo() { x = 2; } }",
      "compile 1:54: Field is not writeable: Bad.x",
    ],
    [
      "an unsupported statement",
      "public class Bad { void foo(Campaign a, Campaign b) { merge a b; } }",
      "compile 1:55: Not supported by the Apex engine: statement",
    ],
    [
      "an unsupported library class",
      "public class Bad { void foo() { Http h = new Http(); } }",
      "compile 1:33: Invalid type: Http (no such class or object here, or one the Apex engine does not have)",
    ],
    [
      "an unsupported library method",
      "public class Bad { void foo() { System.purgeOldAsyncJobs('x'); } }",
      "compile 1:40: Method does not exist or incorrect signature: purgeOldAsyncJobs(String) from the type System (the Apex engine has no method of this name there)",
    ],
  ];
  test.each(cases)("%s is refused with its place", (_what, source, outcome) => {
    const error = loadError({ Bad: source, Closed: "public class Closed { }" });
    expect(error.slice(0, outcome.length)).toBe(outcome);
  });
});
