import type { SalesforceEmulator } from "../index.ts";
import { startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let id: string;
beforeAll(async () => {
  emulator = await startFixtureOrg();
  const campaign = {
    Name: "<Alpha> & co",
    Tier__c: "Gold",
    Notes__c: "one\ntwo",
    Topics__c: "Cloud;Data",
    Staffed__c: true,
  };
  id = emulator.seed({ campaigns: [campaign] }).campaigns[0]!;
});
afterAll(() => emulator.close());

async function readPage(path: string): Promise<string> {
  return (await fetch(emulator.url + path)).text();
}

function save(fields: [string, string][]): Promise<Response> {
  return fetch(`${emulator.url}/lightning/r/Campaign/${id}/edit`, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
}

/** What a browser would send for the form as it stands. */
async function formFields(): Promise<[string, string][]> {
  const record = emulator.org.store.get("Campaign", id)!;
  const page = await readPage(`/lightning/r/Campaign/${id}/edit`);
  const names = [...page.matchAll(/ id="\w+" name="(\w+)"/g)].map((match) => match[1]!);
  return names.flatMap((name): [string, string][] => {
    const value = record[name] ?? null;
    if (value === false) return [];
    if (name === "Topics__c")
      return String(value)
        .split(";")
        .map((part) => [name, part]);
    return [[name, value === null ? "" : String(value)]];
  });
}

test("the list links to each Campaign, its text escaped", async () => {
  const page = await readPage("/");
  expect(page).toContain(`<a href="/lightning/r/Campaign/${id}/view">&lt;Alpha&gt; &amp; co</a>`);
  expect(page).not.toContain("<Alpha>");
});

test("a Campaign's page shows every field with its label", async () => {
  const page = await readPage(`/lightning/r/Campaign/${id}/view`);
  expect(page).toContain("Gold tier");
  expect(page).toContain("Jamie Rivera");
  for (const field of emulator.org.schema.object("Campaign")!.fields.values()) {
    expect(page).toContain(`data-field="${field.name}"`);
  }
});

test("every control of the form has a label", async () => {
  const page = await readPage(`/lightning/r/Campaign/${id}/edit`);
  const names = [...page.matchAll(/ id="\w+" name="(\w+)"/g)].map((match) => match[1]!);
  expect(names).toContain("Name");
  for (const name of names) expect(page).toContain(`<label for="${name}">`);
});

test("saving writes as the person, and only what was changed", async () => {
  const fields = await formFields();
  const changed = fields.map(([name, value]): [string, string] => [
    name,
    name === "Name" ? "Beta" : value,
  ]);
  const before = emulator.org.store.get("Campaign", id)!;
  const answer = await save(
    changed.filter(([name, value]) => name !== "Topics__c" || value !== "Cloud"),
  );
  expect([answer.status, answer.headers.get("location")]).toEqual([
    303,
    `/lightning/r/Campaign/${id}/view`,
  ]);
  const after = emulator.org.store.get("Campaign", id)!;
  expect(after).toMatchObject({
    Name: "Beta",
    Topics__c: "Data",
    LastModifiedById: emulator.person.userId,
  });
  const untouched = { Name: null, Topics__c: null, LastModifiedDate: null, SystemModstamp: null };
  expect({ ...after, ...untouched }).toEqual({ ...before, ...untouched });
});

test("a refused save says why and writes nothing", async () => {
  const fields = await formFields();
  const answer = await save([
    ...fields.filter(([name]) => name !== "Seats__c"),
    ["Seats__c", "99999"],
  ]);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain('role="alert"');
  expect(page).toContain("Seats: value outside of valid range on numeric field: 99999");
});

test("a Campaign that isn't there is not found", async () => {
  expect((await fetch(`${emulator.url}/lightning/r/Campaign/701Dm00000ZZZZZ/view`)).status).toBe(
    404,
  );
});
