import { carrying } from "../../support/values/carry.ts";

const amount = { type: "currency", precision: 18, scale: 2 };
const money = carrying({ type: "CURRENCY", label: "Budget" }, { ...amount, label: "Planned cost" });

describe("a number", () => {
  test.each([
    [1250.5, 1250.5],
    ["1250.50", 1250.5],
    [12.345, 12.35],
    [-12.345, -12.35],
    [1.005, 1.01],
    [2.675, 2.68],
    [0.1 + 0.2, 0.3],
    [-0.001, 0],
    [" 7 ", 7],
    ["1e3", 1000],
    [0, 0],
  ])("%p is %p at two decimals", (given, sent) => {
    expect(money.toCampaign(given)).toBe(sent);
    expect(money.equal(given, sent)).toBe(true);
  });

  test("more decimals that Salesforce keeps out of sight make no difference", () => {
    expect(money.equal(237.63, 237.631)).toBe(true);
    expect(money.toCirca(237.631)).toBe(237.63);
    expect(money.equal(237.63, 237.64)).toBe(false);
    expect(money.equal("237.63", 237.64)).toBe(false);
  });

  test.each(["1,250.00", "$5", "12 %", "", "abc", "0x10", "1e9999", "--1", "NaN", "Infinity"])(
    "the text %p is taken for no other number",
    (given) =>
      expect(money.toCampaign(given)).toEqual(given === "" ? null : { problem: "NOT_A_NUMBER" }),
  );

  test.each([[Number.NaN], [Infinity], [true], [[1]], [{ amount: 1, currency: "EUR" }]])(
    "%p is refused",
    (given) => expect(money.toCampaign(given)).toEqual({ problem: "NOT_A_NUMBER" }),
  );

  test("what has too many digits before the point is refused, with the limit", () => {
    const small = carrying({ type: "NUMBER" }, { type: "double", precision: 5, scale: 2 });
    expect(small.toCampaign(999.99)).toBe(999.99);
    expect(small.toCampaign(999.996)).toEqual({ problem: "NUMBER_TOO_LARGE" });
    expect(small.words(1000)).toContain("at most 3 digits before the decimal point");
    const whole = carrying({ type: "NUMBER" }, { type: "int" });
    expect(whole.toCampaign(2_147_483_647)).toBe(2_147_483_647);
    expect(whole.toCampaign(2_147_483_648)).toEqual({ problem: "NUMBER_TOO_LARGE" });
    expect(whole.toCampaign(2.5)).toBe(3);
  });

  test("what JSON would change is refused", () => {
    const long = carrying({ type: "NUMBER" }, { type: "double", precision: 18, scale: 0 });
    expect(long.toCampaign("123456789012345")).toBe(123_456_789_012_345);
    expect(long.toCampaign("1234567890123456")).toEqual({ problem: "NUMBER_NOT_EXACT" });
    expect(long.toCirca(1234567890123456)).toEqual({ problem: "NUMBER_NOT_EXACT" });
  });

  test("the problem names both fields, the value and what to do", () => {
    expect(money.words("about 5")).toBe(
      `Circa's "Budget" holds "about 5", which is no number; the Campaign's "Planned cost" takes only numbers.\n` +
        `Write plain digits with a decimal point, like 1250.5, into Circa's "Budget".`,
    );
  });
});

describe("digits that a double may not hold", () => {
  const wide = { type: "double", precision: 30, scale: 0 };
  const pair = carrying({ type: "NUMBER" }, wide);
  const shown = carrying({ type: "NUMBER" }, { type: "string" });
  const read = carrying({ type: "TEXT" }, wide);
  const decimals = carrying({ type: "NUMBER" }, { ...wide, scale: 2 });

  // As the systems' JSON is read: a long number is the text of its digits.
  test.each(["9999999999999999", "10000000000000000", "-12345678901234567890", "9007199254740993"])(
    "%s is a problem in words, whichever way and whatever the target",
    (digits) => {
      expect(pair.toCampaign(digits)).toEqual({ problem: "NUMBER_NOT_EXACT" });
      expect(pair.toCirca(digits)).toEqual({ problem: "NUMBER_NOT_EXACT" });
      expect(shown.toCampaign(digits)).toEqual({ problem: "NUMBER_NOT_EXACT" });
      expect(read.toCirca(digits)).toEqual({ problem: "NUMBER_NOT_EXACT" });
    },
  );

  test("numbers that a double may have changed already", () => {
    expect(pair.toCampaign(1e16)).toEqual({ problem: "NUMBER_NOT_EXACT" });
    expect(pair.toCirca(1e16)).toEqual({ problem: "NUMBER_NOT_EXACT" });
    expect(pair.equal("9999999999999999", 1e16)).toBe(false);
    expect(pair.equal("9999999999999999", "10000000000000000")).toBe(false);
  });

  test("decimals: those beyond the field's don't count, the others do", () => {
    expect(shown.toCampaign("0.30000000000000004")).toEqual({ problem: "NUMBER_NOT_EXACT" });
    expect(shown.toCampaign(0.1 + 0.2)).toEqual({ problem: "NUMBER_NOT_EXACT" });
    expect(shown.toCampaign(0.3)).toBe("0.3");
    expect(decimals.toCampaign("0.30000000000000004")).toBe(0.3);
    expect(decimals.toCirca("12345678901234.56")).toEqual({ problem: "NUMBER_NOT_EXACT" });
    expect(decimals.toCirca(1234567890123.45)).toBe(1234567890123.45);
  });

  test("the problem says how many digits there are", () =>
    expect(pair.words("9999999999999999")).toContain('"9999999999999999", a number of 16 digits'));
});

test("a percentage is a plain number of percent on both sides", () => {
  const percent = carrying({ type: "PERCENT" }, { type: "percent", precision: 5, scale: 2 });
  expect(percent.toCampaign(12.5)).toBe(12.5);
  expect(percent.toCirca(12.5)).toBe(12.5);
});

test("a number is shown in a text as plain digits", () => {
  const text = carrying({ type: "NUMBER" }, { type: "string" });
  expect(text.toCampaign(1e21)).toBe("1000000000000000000000");
  expect(text.toCampaign(-0)).toBe("0");
  expect(text.toCampaign("0.10")).toBe("0.1");
  expect(text.equal(0.1, "0.1")).toBe(true);
  expect(text.toCirca("0.1")).toEqual({ problem: "ONE_WAY" });
});

describe("a checkbox", () => {
  const checkbox = carrying({ type: "CHECKBOX" }, { type: "boolean", nillable: false });

  test.each([
    [true, true],
    [false, false],
    [null, false],
    ["", false],
    ["true", true],
    ["yes", { problem: "WRONG_SHAPE" }],
    [1, { problem: "WRONG_SHAPE" }],
  ])("%p is sent as %p", (given, sent) => expect(checkbox.toCampaign(given)).toEqual(sent));

  test("blank and unchecked are equal", () => {
    expect(checkbox.equal(null, false)).toBe(true);
    expect(checkbox.equal(null, true)).toBe(false);
    expect(checkbox.equal(true, false)).toBe(false);
  });
});
