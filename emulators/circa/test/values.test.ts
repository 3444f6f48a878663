import { customKey, firstEvent, leaderEmail, startWorkspace, type Workspace } from "./workspace.ts";

type CustomType = Parameters<typeof customKey>[0];

const accepted: [CustomType, given: unknown, kept?: unknown][] = [
  ["TEXT", "Halle 4 · Stand Ä"],
  ["LONG_TEXT", "first line\nsecond line"],
  ["RICH_TEXT", "<p>Bold <b>words</b></p>"],
  ["URL", "https://example.com/a?b=c"],
  ["EMAIL", "ada@example.com"],
  ["PHONE", "+49 (0)30 1234-567"],
  ["NUMBER", -3],
  ["NUMBER", "12.5", 12.5],
  ["CURRENCY", 1250.75],
  ["PERCENT", 12.5],
  ["CHECKBOX", true],
  ["CHECKBOX", false],
  ["DATE", "2028-02-29"],
  ["DATE", "2027-03-15T11:00:00Z", "2027-03-16"],
  ["TIME", "23:59"],
  ["SELECT", "Two"],
  ["MULTISELECT", ["Three", "One", "Three"], ["Three", "One"]],
  ["PERSON", leaderEmail, { email: leaderEmail }],
];

const refused: [CustomType, given: unknown, code: string][] = [
  ["TEXT", 5, "invalid"],
  ["TEXT", "x".repeat(256), "too_long"],
  ["URL", "example.com", "invalid"],
  ["URL", "javascript:alert(1)", "invalid"],
  ["EMAIL", "ada@", "invalid"],
  ["PHONE", "call me", "invalid"],
  ["NUMBER", "twelve", "invalid"],
  ["NUMBER", true, "invalid"],
  ["CURRENCY", { amount: 5 }, "invalid"],
  ["CHECKBOX", "yes", "invalid"],
  ["DATE", "2027-02-29", "invalid"],
  ["DATE", "03/16/2027", "invalid"],
  ["DATE", 20270316, "invalid"],
  ["TIME", "24:00", "invalid"],
  ["TIME", "9:30", "invalid"],
  ["SELECT", "two", "not_an_option"],
  ["SELECT", ["Two"], "invalid"],
  ["MULTISELECT", "One", "invalid"],
  ["MULTISELECT", ["One", "Four"], "not_an_option"],
  ["PERSON", { email: "nobody@example.com" }, "unknown_person"],
  ["PERSON", 7, "invalid"],
];

describe("values of fields", () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await startWorkspace();
  });
  afterAll(() => workspace.circa.close());

  const patch = (body: unknown) => workspace.person("PATCH", `/events/${firstEvent.id}`, { body });

  test.each(accepted)("%s takes %j", async (type, given, kept = given) => {
    const key = customKey(type);
    const { status, body } = await patch({ custom_fields: { [key]: given } });
    expect(status).toBe(200);
    expect(body.custom_fields).toMatchObject({ [key]: kept });
  });

  test.each(refused)("%s refuses %j with %s", async (type, given, code) => {
    const key = customKey(type);
    const { status, body } = await patch({ custom_fields: { [key]: given } });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field: key, code }]);
  });

  test("custom fields are an object keyed by id", async () => {
    const { body } = await patch({ custom_fields: [{ id: customKey("TEXT"), value: "x" }] });
    expect(body.errors).toMatchObject([{ field: "custom_fields", code: "invalid" }]);
  });

  test("a time zone is one of the IANA's", async () => {
    expect((await patch({ time_zone: "Asia/Kathmandu" })).status).toBe(200);
    expect((await patch({ time_zone: "Auckland" })).body.errors).toMatchObject([
      { field: "time_zone", code: "invalid" },
    ]);
  });
});
