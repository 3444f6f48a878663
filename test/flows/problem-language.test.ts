/** A problem is said in the language of whoever reads it, on Salesforce's own pages. */
import { callRest } from "../../emulators/salesforce/test/support/salesforce-org.ts";
import { wordsOf, type AnyProblem } from "../../middleware/model/problems/words.ts";
import { eventually } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

interface Shown {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

let sync: RunningSync;
let link: OneLink;

beforeAll(async () => {
  sync = await startSync({ links: 1 });
  await sync.settled();
  link = await oneLink(sync);
  await link.forceEvent({}, { start_date: "soon" });
  await eventually("the problem is listed", async () => (await shown())?.code === "INVALID_DATE");
});
afterAll(() => sync.close());

async function callApex(method: string, args: object): Promise<unknown> {
  const answer = await fetch(`${sync.salesforce.url}/apex/${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${sync.salesforce.person.accessToken}` },
    body: JSON.stringify(args),
  });
  return answer.json();
}

/** The problem on the list of problems. */
async function shown(): Promise<Shown | undefined> {
  const args = { status: "Open", search: null, pageSize: 50, after: null };
  const page = (await callApex("CircaIssueController.getIssues", args)) as { issues: Shown[] };
  return page.issues[0];
}

const speak = (LanguageLocaleKey: string) =>
  callRest(sync.salesforce, "person", "PATCH", `/sobjects/User/${sync.salesforce.person.userId}`, {
    body: { LanguageLocaleKey },
  });

async function problem(): Promise<AnyProblem> {
  const [found] = await link.problems();
  if (found === undefined) throw new Error("There is no problem.");
  return found;
}

test("in German for a German user, in English for others and in the row itself", async () => {
  const english = wordsOf(await problem());
  const german = wordsOf(await problem(), "german");
  expect(german.message).toMatch(/^„.+“ in Circa enthält „soon“, und das ist kein Datum für „/);

  await speak("de");
  expect(await shown()).toMatchObject({ message: german.message, advice: german.hint });
  const panel = await callApex("CircaCampaignController.getPanel", { campaignId: link.campaignId });
  expect(panel).toMatchObject({
    problems: [{ message: german.message, advice: german.hint }],
  });
  await speak("en_US");
  expect(await shown()).toMatchObject({ message: english.message, advice: english.hint });
  const [row] = sync.salesforce.org.store.rows("Circa_Sync_Issue__c");
  expect(row).toMatchObject({ Message__c: english.message, Hint__c: english.hint });
});

test("what the package does not know yet is shown in the service's English", async () => {
  const { message, hint } = wordsOf(await problem());
  const { parameters } = await problem();
  const id = (await shown())?.id ?? "";
  await speak("de");
  for (const Parameters__c of [
    JSON.stringify({ wording: "INVALID_DATE.ofNextYear", parameters }),
    JSON.stringify({ wording: "INVALID_DATE", parameters: {} }),
    "no JSON",
    null,
  ]) {
    await callRest(sync.salesforce, "integration", "PATCH", `/sobjects/Circa_Sync_Issue__c/${id}`, {
      body: { Parameters__c },
    });
    expect(await shown()).toMatchObject({ message, advice: hint });
  }
});
