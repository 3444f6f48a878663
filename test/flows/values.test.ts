/**
 * The rules of values and of bad values, a row each, through the running middleware: what is
 * edited on the owning side, what the other side then holds, and what people read where it can't.
 */
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { campaignManager } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import {
  arrivingInCirca,
  arrivingInCircaTurnedRound,
  arrivingInSalesforce,
  arrivingInSalesforceTurnedRound,
  type ArrivingInCirca,
  type ArrivingInSalesforce,
} from "./values/arriving.ts";
import { refusedByCampaign, type Refused } from "./values/refused.ts";

let sync: RunningSync;
let link: OneLink;
let expected: LinkExpectations;

beforeAll(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  link = await oneLink(sync);
  expected = expectationsOf(link);
});
afterAll(() => sync.close());

async function arrivesInSalesforce({ edit, stored, derived }: ArrivingInSalesforce) {
  await (derived === true ? link.forceEvent(edit) : link.editEvent(edit));
  await expected.campaign(stored);
}
async function arrivesInCirca({ edit, stored }: ArrivingInCirca) {
  await link.editCampaign(edit);
  await expected.event(stored);
}

describe("edited on the Event, arrives on the Campaign", () => {
  test.each(arrivingInSalesforce)("$rule", async (row) => {
    await arrivesInSalesforce(row);
    expect(await link.problems()).toEqual([]);
  });

  test("person: the active user with the same e-mail address, in any case", async () => {
    const [user] = await campaignManager(sync).query(
      "SELECT Id FROM User WHERE Email = 'aroha.ngata@northlark.example'",
    );
    const leader = { id: "VXNlci0zMDAz", email: "Aroha.Ngata@Northlark.example" };
    await link.forceEvent({}, { leader });
    await expected.campaign({ OwnerId: user!["Id"] });
    expect(await link.problems()).toEqual([]);
  });
});

describe("edited on the Campaign, arrives on the Event", () => {
  test.each(arrivingInCirca)("$rule", async (row) => {
    await arrivesInCirca(row);
    expect(await link.problems()).toEqual([]);
  });

  test("user: the person with the same e-mail address", async () => {
    const [user] = await campaignManager(sync).query(
      "SELECT Id FROM User WHERE Email = 'kenji.morita@northlark.example'",
    );
    await link.editCampaign({ Executive_Sponsor__c: user!["Id"] });
    await eventuallyHolds("the Event has the sponsor", async () => {
      expect(await link.eventValue("Executive Sponsor")).toMatchObject({
        email: "kenji.morita@northlark.example",
      });
    });
  });
});

describe("once all is in line", () => {
  test("another sweep finds nothing: no value comes back other than it went", async () => {
    await expected.inLine();
    await sync.admin("POST", "/api/sweep");
    await sync.settled();
    const before = await sync.admin("GET", "/api/changes?limit=1000");
    expect(await sync.admin("POST", "/api/sweep")).toMatchObject({ missed: 0 });
    await sync.settled();
    expect(await sync.admin("GET", "/api/changes?limit=1000")).toEqual(before);
  });
});

/** Totals can't be edited, only what they are worked out from. */
const correct = (field: string, value: unknown) =>
  field.endsWith("_total")
    ? link.forceEvent({ [field]: value })
    : link.editEvent({ [field]: value });

/** The problem is told in /api/problems, on the Event and on the Campaign, which is else as `expected`. */
async function expectShown(row: Refused, expected: Record<string, unknown>): Promise<void> {
  const problem = await eventually("there is a problem", async () => (await link.problems())[0]);
  expect(await link.problems()).toHaveLength(1);
  expect(problem).toMatchObject({ code: row.code, fieldKey: link.key(row.field) });
  expect(problem.message).toContain(row.says);
  expect(problem.message).toContain(`Circa's "${problem.fieldLabel ?? ""}"`);
  expect(problem.hint).not.toBe("");
  const { message, hint } = problem;
  await eventuallyHolds("the Event shows it", async () => {
    expect(await link.shownState()).toMatchObject({
      state: "attention",
      problems: [{ field: link.key(row.field), message, hint }],
    });
  });
  const text = expect.any(String) as string;
  expect(await link.campaign()).toEqual({
    ...expected,
    Circa_Sync_Status__c: "Attention",
    Circa_Sync_Message__c: `${message} ${hint}`,
    Circa_Last_Synced__c: text,
    LastModifiedDate: text,
    LastModifiedById: text,
    SystemModstamp: text,
  });
}

describe("can't be converted: a problem in words, and the other fields go through", () => {
  test.each(refusedByCampaign)("$rule", async (row) => {
    const { field, value, typedIn, corrected } = row;
    const [location, before] = [`beside ${row.rule}`, await link.campaign()];
    try {
      await (typedIn === true
        ? link.editEvent({ location, [field]: value })
        : link.forceEvent({ location }, { [field]: value }));
      await expectShown(row, { ...before, Circa_Location__c: location });
    } finally {
      await correct(field, corrected);
      await expected.inLine();
    }
  });

  test("a time zone that is none: only dates that are moments suffer", async () => {
    await link.forceEvent(
      { location: "beside a wrong time zone" },
      { time_zone: "Mars/Olympus", start_date: "2027-06-01T00:00:00Z" },
    );
    await expected.campaign({ Circa_Location__c: "beside a wrong time zone" });
    await eventuallyHolds("the date is the problem", async () => {
      expect(await link.problems()).toEqual([
        expect.objectContaining({ code: "TIME_ZONE_UNKNOWN", fieldKey: "start_date" }),
      ]);
    });
    await link.editEvent({ time_zone: "Europe/Vienna" });
    await expected.campaign({ StartDate: "2027-06-01" });
    await expected.inLine();
  });

  test("all fields wrong at once: a problem each, closed one by one", async () => {
    const rows = new Map(refusedByCampaign.map((row) => [row.field, row]));
    const raw = Object.fromEntries([...rows.values()].map(({ field, value }) => [field, value]));
    await link.forceEvent({ location: "beside all of them" }, raw);
    await expected.campaign({ Circa_Location__c: "beside all of them" });
    await eventuallyHolds("a problem each", async () => {
      const keys = (await link.problems()).map(({ fieldKey }) => fieldKey);
      expect(new Set(keys)).toEqual(new Set([...rows.keys()].map((field) => link.key(field))));
    });
    await eventuallyHolds("the Campaign says so", async () => {
      const shown = await link.campaign();
      expect(shown).toMatchObject({
        Circa_Sync_Status__c: "Attention",
        Circa_Sync_Message__c: expect.stringMatching(/and [1-9]\d* more$/) as string,
      });
    });
    for (const { field, corrected } of rows.values()) await correct(field, corrected);
    await expected.inLine();
  });
});

describe("turned round: the same pairs the other way", () => {
  const from = [
    "Booth_Number",
    "Agenda",
    "Post_Event_Notes",
    "Registration_Page",
    "Onsite_Contact_Email",
    "Onsite_Contact_Phone",
    "Lead_Goal",
    "Booth_Staffed",
    "Doors_Open",
    "Products_Shown",
    "Start_Date_to_Campaign_Start_Date",
    "End_Date_to_Campaign_End_Date",
    "Leader_to_Campaign_Owner",
  ];
  const to = [
    "Sponsorship_Fee",
    "Win_Rate_Goal",
    "Follow_Up_Due",
    "Event_Tier",
    "Executive_Sponsor",
  ];

  beforeAll(async () => {
    const admin = salesforceAdmin(sync);
    for (const row of from) await admin.setMapping(row, { Direction__c: "From_Salesforce" });
    for (const row of to) await admin.setMapping(row, { Direction__c: "To_Salesforce" });
    await admin.tellMappingsChanged();
    await eventually("the mappings are taken over", async () => {
      const { active } = (await sync.status()).mappings;
      const turned = active.filter(({ developerName }) => from.includes(developerName));
      return turned.every(({ direction }) => direction === "from_salesforce");
    });
    await sync.settled();
  });

  test("every pair fits the other way too", async () => {
    expect((await sync.status()).mappings.rejected).toEqual([]);
  });

  test.each(arrivingInCircaTurnedRound)("to the Event: $rule", async (row) => {
    await arrivesInCirca(row);
    expect(await link.problems()).toEqual([]);
  });

  test.each(arrivingInSalesforceTurnedRound)("to the Campaign: $rule", async (row) => {
    await arrivesInSalesforce(row);
    expect(await link.problems()).toEqual([]);
  });
});
