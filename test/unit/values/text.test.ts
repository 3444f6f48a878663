import { carrying } from "../../support/values/carry.ts";

const line = carrying({ label: "Name" }, { type: "string", length: 80, label: "Campaign Name" });
const area = carrying({ type: "LONG_TEXT" }, { type: "textarea", length: 20 });

describe("text", () => {
  test("is sent with its ends trimmed, blank as null", () => {
    expect(line.toCampaign("  Summit \t\r\n")).toBe("Summit");
    expect(line.toCampaign(" \n ")).toBeNull();
    expect(line.toCampaign(undefined)).toBeNull();
    expect(line.toCirca("")).toBeNull();
  });

  test.each([
    ["a\nb", "a\r\nb"],
    ["a\rb", "a\nb"],
    ["a\r\n", "a"],
    [" a", "a"],
    ["", null],
    [undefined, null],
    ["  ", ""],
  ])("%j and %j are equal", (circa, campaign) => expect(area.equal(circa, campaign)).toBe(true));

  test.each([
    ["a\nb", "a b"],
    ["a", "A"],
    ["a\n\nb", "a\nb"],
    ["a", null],
    [null, "a"],
    ["\u00a0", null],
  ])("%j and %j are not equal", (circa, campaign) =>
    expect(area.equal(circa, campaign)).toBe(false),
  );

  test("is never cut: too long is a problem with limit, length and labels", () => {
    const long = `${"x".repeat(79)} and more`;
    expect(line.toCampaign(long)).toEqual({ problem: "VALUE_TOO_LONG" });
    expect(line.words(long)).toBe(
      `Circa's "Name" has 88 characters ("${"x".repeat(79)} …"), the Campaign's "Campaign Name" takes at most 80.\n` +
        `Shorten it by 8 characters, or have an admin make the Campaign's "Campaign Name" longer.`,
    );
  });

  test("a line break counts as two characters in a text area, as Salesforce counts", () => {
    expect(area.toCampaign("123456789\n123456789")).toBe("123456789\n123456789");
    expect(area.toCampaign("123456789\n1234567890")).toEqual({ problem: "VALUE_TOO_LONG" });
  });

  test("several lines don't fit a field of one line", () => {
    expect(line.toCampaign("one\ntwo")).toEqual({ problem: "LINE_BREAKS" });
    expect(line.toCirca("one\ntwo")).toBe("one\ntwo");
  });

  test.each([["a\u0000b"], ["a\u001bb"], ["\ud83d"]])("%j can't be stored", (given) =>
    expect(line.toCampaign(given)).toEqual({ problem: "INVALID_CHARACTERS" }),
  );

  test.each([[5], [true], [["a"]], [{ value: "a" }]])("%j is no text", (given) =>
    expect(line.toCampaign(given)).toEqual({ problem: "WRONG_SHAPE" }),
  );
});

describe("addresses", () => {
  test.each([
    ["email", "ana@example.com", true],
    ["email", "Ana.Silva+x@mail.example.co.nz", true],
    ["email", "ana", false],
    ["email", ".ana@example.com", false],
    ["email", "ana@.example.com", false],
    ["email", "ana@example", false],
    ["email", "a@b.c, d@e.f", false],
    ["email", "Ana <ana@example.com>", false],
    ["url", "https://example.com/a?b=c#d", true],
    ["url", "www.example.com", true],
    ["url", "localhost:8080/x", true],
    ["url", "mailto:ana@example.com", true],
    ["url", "javascript:alert(1)", false],
    ["url", "data:text/html,x", false],
    ["url", "see the site", false],
  ])("a Campaign's %s field is offered %p: %p", (type, value, fits) => {
    const address = carrying({ type: "TEXT" }, { type });
    const problem = { problem: type === "email" ? "INVALID_EMAIL" : "INVALID_URL" };
    expect(address.toCampaign(value)).toEqual(fits ? value : problem);
  });

  test("an e-mail address is the same in any case, since Salesforce lower-cases it", () => {
    const email = carrying({ type: "EMAIL" }, { type: "email" });
    expect(email.equal("Ana@Example.com", "ana@example.com")).toBe(true);
    expect(email.equal("ana@example.com", "bob@example.com")).toBe(false);
  });
});

describe("a required field", () => {
  test("is not blanked on either side", () => {
    const required = carrying({ required: true }, { nillable: false });
    expect(required.toCampaign(" ")).toEqual({ problem: "REQUIRED_BLANK" });
    expect(required.toCirca(null)).toEqual({ problem: "REQUIRED_BLANK" });
  });
});
