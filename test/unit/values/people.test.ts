import { carrying } from "../../support/values/carry.ts";
import { inactiveUser, knownUsers } from "../../support/values/fields.ts";

const [ana] = knownUsers;
const lookup = { type: "reference", referenceTo: ["Group", "User"] };
const leader = carrying({ type: "PERSON", label: "Leader" }, { ...lookup, label: "Owner" });

describe("a person and a user", () => {
  test.each([[ana], [{ email: " ANA@example.com" }], ["ana@example.com"]])("%j is Ana", (given) => {
    expect(leader.toCampaign(given)).toBe(ana.id);
    expect(leader.equal(given, ana.id)).toBe(true);
    expect(leader.equal(given, ana.id.slice(0, 15))).toBe(true);
  });

  test("Circa gets the user's e-mail address", () => {
    expect(leader.toCirca(ana.id)).toBe("ana@example.com");
    expect(leader.toCirca(null)).toBeNull();
  });

  test.each([
    [{ email: "nobody@example.com" }, "USER_NOT_FOUND"],
    [{ email: inactiveUser.email }, "USER_NOT_FOUND"],
    ["Ana Silva", "USER_NOT_FOUND"],
    [{ id: "VXNlci0x", email: null, first_name: "Ana" }, "PERSON_WITHOUT_EMAIL"],
    [{}, "PERSON_WITHOUT_EMAIL"],
    [{ email: 5 }, "WRONG_SHAPE"],
    [["ana@example.com"], "WRONG_SHAPE"],
    [17, "WRONG_SHAPE"],
  ])("%j is refused", (given, problem) => expect(leader.toCampaign(given)).toEqual({ problem }));

  test.each([
    ["005000000000777AAA", "USER_UNKNOWN"],
    ["00G000000000001AAA", "USER_UNKNOWN"],
    ["no id", "WRONG_SHAPE"],
    [{}, "WRONG_SHAPE"],
  ])("the Campaign's %j is refused", (given, problem) =>
    expect(leader.toCirca(given)).toEqual({ problem }),
  );

  test("an owner who has left stays as long as both sides agree", () => {
    expect(leader.equal(inactiveUser, inactiveUser.id)).toBe(true);
  });

  test("the problem says whom to activate", () => {
    expect(leader.words("gone@example.com")).toContain(
      `Circa's "Leader" is "gone@example.com", and not exactly one active Salesforce user has that e-mail, so the Campaign's "Owner" can't be set.`,
    );
  });
});

test("a person goes into an e-mail field by address, into text by name", () => {
  const email = carrying({ type: "PERSON" }, { type: "email" });
  expect(email.toCampaign(ana)).toBe("ana@example.com");
  expect(email.toCirca("ana@example.com")).toBe("ana@example.com");
  const text = carrying({ type: "PERSON" }, { type: "string" });
  expect(text.toCampaign(ana)).toBe("Ana Silva");
  expect(text.toCampaign("ana@example.com")).toBe("ana@example.com");
  expect(text.equal(ana, "Ana Silva")).toBe(true);
  expect(text.toCirca("Ana Silva")).toEqual({ problem: "ONE_WAY" });
});

test("a team goes into text by name, and never back", () => {
  const team = carrying({ type: "TEAM" }, { type: "string", length: 120 });
  expect(team.toCampaign({ id: "VGVhbS0x", name: "Field Marketing" })).toBe("Field Marketing");
  expect(team.toCampaign("Field Marketing")).toBe("Field Marketing");
  expect(team.toCampaign({ id: "VGVhbS0x", name: null })).toBeNull();
  expect(team.toCampaign({})).toEqual({ problem: "WRONG_SHAPE" });
  expect(team.equal({ id: "VGVhbS0x", name: "Field Marketing" }, "Field Marketing")).toBe(true);
  expect(team.toCirca("Field Marketing")).toEqual({ problem: "ONE_WAY" });
});
