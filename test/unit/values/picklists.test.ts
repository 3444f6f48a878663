import { carrying } from "../../support/values/carry.ts";
import { aPicklistValue } from "../../support/values/fields.ts";

const status = [
  aPicklistValue("Planned", { label: "In planning" }),
  aPicklistValue("Committed"),
  aPicklistValue("Done", { label: "Completed" }),
  aPicklistValue("Dropped", { active: false }),
];
const restricted = { type: "picklist", restrictedPicklist: true, picklistValues: status };
const open = { ...restricted, restrictedPicklist: false };

describe("a picklist", () => {
  const select = carrying({ type: "SELECT", label: "Status" }, { ...restricted, label: "Stage" });

  test.each([
    ["Planned", "Planned"],
    ["In planning", "Planned"],
    ["COMMITTED", "Committed"],
    ["completed", "Done"],
    [" Done ", "Done"],
    ["", null],
  ])("%j means %j", (given, sent) => {
    expect(select.toCampaign(given)).toBe(sent);
    expect(select.equal(given, sent)).toBe(true);
  });

  test("restricted, takes nothing else and says what there is", () => {
    expect(select.toCampaign("Maybe")).toEqual({ problem: "VALUE_NOT_IN_LIST" });
    expect(select.words("Maybe")).toBe(
      `Circa's "Status" holds "Maybe", which is not a value of the Campaign's "Stage".\n` +
        `Choose one of "Planned", "Committed", "Done" in Circa's "Status", or have an admin add the value to the Campaign's "Stage".`,
    );
    expect(select.toCampaign("Dropped")).toEqual({ problem: "VALUE_INACTIVE" });
  });

  test("not restricted, takes any text that fits", () => {
    const free = carrying({ type: "SELECT" }, open);
    expect(free.toCampaign("Maybe")).toBe("Maybe");
    expect(free.toCampaign("Dropped")).toBe("Dropped");
    expect(free.toCampaign("x".repeat(256))).toEqual({ problem: "VALUE_TOO_LONG" });
  });

  test("gives Circa the stored value, a removed one too", () => {
    expect(select.toCirca("Planned")).toBe("Planned");
    expect(select.toCirca("Dropped")).toBe("Dropped");
    expect(select.toCirca("Gone long ago")).toBe("Gone long ago");
  });

  test("gives Circa the label where that is what Circa offers", () => {
    const labelled = carrying(
      { type: "SELECT", options: ["In planning", "Completed"] },
      restricted,
    );
    expect(labelled.toCirca("Planned")).toBe("In planning");
    expect(labelled.toCirca("Committed")).toBe("Committed");
    expect(labelled.equal("In planning", "Planned")).toBe(true);
  });

  test("is shown in free text by its label", () => {
    const text = carrying({ type: "TEXT" }, restricted);
    expect(text.toCirca("Done")).toBe("Completed");
    expect(text.toCampaign("Completed")).toBe("Done");
  });

  test("a label that is another value's name is never mistaken for it", () => {
    const swapped = [aPicklistValue("A", { label: "B" }), aPicklistValue("B", { label: "A" })];
    const text = carrying({ type: "TEXT" }, { ...restricted, picklistValues: swapped });
    for (const value of ["A", "B"]) expect(text.toCampaign(text.toCirca(value))).toBe(value);
  });
});

describe("a multi-select", () => {
  const multi = { ...restricted, type: "multipicklist", length: 4099 };
  const list = carrying({ type: "MULTISELECT" }, multi);

  test("is written in Salesforce's order, each value once", () => {
    expect(list.toCampaign(["Done", "Planned", "done", "In planning"])).toBe("Planned;Done");
    expect(list.toCirca("Done;Planned")).toEqual(["Done", "Planned"]);
  });

  test.each([
    [["Done", "Planned"], "Planned;Done", true],
    [["Planned", "Done"], "Planned;Done", true],
    [["Planned", "Planned"], "Planned", true],
    [["In planning"], "Planned", true],
    [["Planned"], "Planned;Done", false],
    [["Planned", "Done"], "Planned", false],
    [["Planned", "Committed"], "Planned;Done", false],
    [[], null, true],
    [null, "", true],
    [[], "Done", false],
    [["Planned;Done"], "Planned;Done", false],
  ])("%j and %j are the same set: %p", (circa, campaign, same) =>
    expect(list.equal(circa, campaign)).toBe(same),
  );

  test.each([
    [["Planned", "Maybe"], "VALUE_NOT_IN_LIST"],
    [["Dropped"], "VALUE_INACTIVE"],
    ["Planned", "WRONG_SHAPE"],
    [[1], "WRONG_SHAPE"],
    [{ 0: "Planned" }, "WRONG_SHAPE"],
  ])("%j is refused", (given, problem) => expect(list.toCampaign(given)).toEqual({ problem }));

  test("a value with a semicolon is refused", () => {
    const free = carrying({ type: "MULTISELECT" }, { ...multi, restrictedPicklist: false });
    expect(free.toCampaign(["a;b"])).toEqual({ problem: "LIST_SEPARATOR" });
    const text = carrying({ type: "MULTISELECT" }, { type: "string" });
    expect(text.toCampaign(["a;b"])).toEqual({ problem: "LIST_SEPARATOR" });
  });

  test("fits a field for one value as long as it is one", () => {
    const single = carrying({ type: "MULTISELECT" }, restricted);
    expect(single.toCampaign(["Done"])).toBe("Done");
    expect(single.toCampaign(["Done", "Planned"])).toEqual({ problem: "TOO_MANY_VALUES" });
    expect(single.toCirca("Done")).toEqual(["Done"]);
    const select = carrying({ type: "SELECT" }, multi);
    expect(select.toCampaign("Done")).toBe("Done");
    expect(select.toCirca("Planned;Done")).toEqual({ problem: "TOO_MANY_VALUES" });
  });

  test("goes into text, and comes back only as Circa's own options", () => {
    const text = carrying({ type: "MULTISELECT", options: ["a", "b"] }, { type: "string" });
    expect(text.toCampaign(["b", "a"])).toBe("b; a");
    expect(text.toCirca("a;b")).toEqual(["a", "b"]);
    expect(text.toCirca("a;c")).toEqual({ problem: "VALUE_NOT_IN_LIST" });
    expect(text.equal(["a", "b"], "b; a")).toBe(true);
  });
});

test("a select goes into text as it is, and takes only its options back", () => {
  const select = carrying({ type: "SELECT", options: ["Gold"] }, { type: "string" });
  expect(select.toCampaign("Gold")).toBe("Gold");
  expect(select.toCirca("Gold")).toBe("Gold");
  expect(select.toCirca("Tin")).toEqual({ problem: "VALUE_NOT_IN_LIST" });
});
