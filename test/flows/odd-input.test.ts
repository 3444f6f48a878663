/**
 * What neither system should ever send: it is a problem where it concerns somebody, and whatever
 * comes next is worked on as if nothing had been.
 */
import type { StoredProblem } from "../../middleware/store/history/open-problems.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let link: OneLink;
let other: OneLink;
let edits = 0;

beforeAll(async () => {
  sync = await startSync({ links: 3 });
  await sync.settled();
  link = await oneLink(sync);
  other = await oneLink(sync, 1);
});
afterAll(() => sync.close());

/** An edit of each side arrives on the other, and soon: nothing holds the worker up. */
async function expectWorking(of: OneLink): Promise<void> {
  edits += 1;
  const location = `good edit ${edits}`;
  await of.editEvent({ location });
  await of.editCampaign({ Sponsorship_Fee__c: edits });
  await eventuallyHolds("both edits arrive", async () => {
    expect((await of.campaign())["Circa_Location__c"]).toBe(location);
    expect(await of.eventValue("Sponsorship Fee")).toBe(edits);
  });
}

const expectNoProblems = (of: OneLink) =>
  eventuallyHolds("no problem is open", async () => {
    expect(await of.problems()).toEqual([]);
  });

describe("an Event that holds what Circa should never hold", () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["a number for its name", { name: 42 }, { name: "Named again" }],
    ["an object for its name", { name: { en: "Summit" } }, { name: "Named again" }],
    ["a number for its time zone", { time_zone: 42 }, { time_zone: "Europe/Vienna" }],
    ["a list for its status", { status: ["COMMITTED"] }, { status: "COMMITTED" }],
    ["a text for its roles", { roles: "Sponsor" }, { roles: ["Sponsor"] }],
    [
      "a list for its leader",
      { leader: ["x"] },
      { leader: { email: "maya.lindqvist@northlark.example" } },
    ],
    [
      "a boolean for a date",
      { start_date: true, end_date: {} },
      { start_date: "2027-05-01", end_date: "2027-05-02" },
    ],
    ["deeply nested lists", { "Booth Number": [[[[]]]] }, { "Booth Number": "B1" }],
    ["a text of a megabyte", { Agenda: "a".repeat(1_000_000) }, { Agenda: "short" }],
  ])(
    "%s: the other fields and the other Events go on, and it ends with a correction",
    async (_name, raw, corrected) => {
      try {
        await link.forceEvent({}, raw);
        await expectWorking(other);
        // What no webhook can tell is found by the sweep, which nothing may stop either.
        await sync.admin("POST", "/api/sweep");
        await expectWorking(link);
      } finally {
        await link.editEvent(corrected);
      }
      await expectNoProblems(link);
    },
  );
});

describe("a webhook that is odd", () => {
  type Event = Record<string, unknown>;
  const unconnected = (event: Event) => ({ ...event, salesforce_campaign_id: null });
  test.each<[string, (event: Event) => unknown]>([
    ["of an Event with a malformed id", (it) => ({ ...unconnected(it), id: "../fields?x=%00" })],
    ["of an Event that does not exist", (it) => ({ ...unconnected(it), id: "RXZlbnQtOTk5" })],
    ["with a malformed Campaign id", (it) => ({ ...it, salesforce_campaign_id: "701'; --" })],
    ["with a team of another shape", (it) => ({ ...it, team: ["EMEA"] })],
    ["with null everywhere", (it) => Object.fromEntries(Object.keys(it).map((key) => [key, null]))],
    ["with a list for its data", () => []],
    ["with a version that is no number", (it) => ({ ...it, version: "seven" })],
    ["of a version that does not count up", (it) => ({ ...it, version: -1 })],
    ["with names that every object has", (it) => ({ ...it, constructor: 1, toString: null })],
  ])("%s: good edits still arrive", async (_name, change) => {
    // In the place of a real one, so that the versions go on from there.
    await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", types: ["event.updated"] }] });
    edits += 1;
    await link.editEvent({ location: `told oddly ${edits}` });
    const event = await marketer(sync).event(link.eventId);
    const answer = await sync.sendWebhook(
      JSON.stringify({
        type: "event.updated",
        timestamp: new Date().toISOString(),
        data: change(event),
      }),
    );
    expect([202, 422]).toContain(answer.status);
    await expectWorking(link);
    await expectWorking(other);
    await expectNoProblems(link);
  });
});

describe("a Campaign that is odd", () => {
  test.each([
    ["an Event id with a slash and a quote", "no/such'id?&#%"],
    ["an Event id in another alphabet", "Ереignis-1"],
    ["the id of a field", "Q3VzdG9tRmllbGRUeXBlLTE5NjkwOA"],
  ])("%s: a problem in words, and good edits still arrive", async (_name, id) => {
    const made = await campaignManager(sync).create({ Name: "Odd", Circa_Event_Id__c: id });
    const problemsOf = async () => {
      const { problems } = await sync.admin<{ problems: StoredProblem[] }>("GET", "/api/problems");
      return problems.filter(({ eventId }) => eventId === id);
    };
    await expectWorking(link);
    await eventuallyHolds("the problem is there", async () => {
      expect(await problemsOf()).toEqual([expect.objectContaining({ code: "EVENT_NOT_FOUND" })]);
    });
    await campaignManager(sync).edit(made, { Circa_Event_Id__c: null });
    await eventuallyHolds("it closes by itself", async () => {
      expect(await problemsOf()).toEqual([]);
    });
  });

  test("answers that make no sense: good edits arrive once they do", async () => {
    for (const body of ["<html>", { records: 7 }, []]) {
      await salesforceAdmin(sync).setFaults({
        name: "respondRest",
        status: 200,
        method: "GET",
        path: "/query",
        body,
      });
      await expectWorking(link);
    }
  });
});

describe("Circa's two readings of dates and custom fields", () => {
  test.each([
    ["dates as moments", { event_dates: "time" }],
    ["custom fields as a list with id", { custom_fields: "array" }],
    ["custom fields as a list with field_id", { custom_fields: "field_id_array" }],
    ["both", { event_dates: "time", custom_fields: "array" }],
  ])("%s: the same values arrive, and nothing is written twice", async (_name, settings) => {
    await circaEmulator(sync).setSettings({ event_dates: "date", custom_fields: "object" });
    const customKeys = [link.key("Lead Goal"), link.key("Sponsorship Fee")] as const;
    await circaEmulator(sync).setSettings(settings);
    try {
      edits += 1;
      await link.editEvent({
        time_zone: edits % 2 === 0 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago",
        start_date: "2027-03-14",
        end_date: "2027-03-15",
        location: `edit ${edits}`,
        "Lead Goal": edits,
      });
      await link.editCampaign({ Sponsorship_Fee__c: edits });
      await eventuallyHolds("the Campaign has the values", async () => {
        expect(await link.campaign()).toMatchObject({
          StartDate: "2027-03-14",
          EndDate: "2027-03-15",
          Circa_Location__c: `edit ${edits}`,
          Lead_Goal__c: edits,
        });
      });
      await eventuallyHolds("the Event has the fee", async () => {
        const { custom_fields: custom } = await marketer(sync).event(link.eventId);
        const rows = Array.isArray(custom)
          ? (custom as { id?: string; field_id?: string; value: unknown }[])
          : Object.entries(custom as object).map(([id, value]) => ({
              id,
              field_id: id,
              value: value as unknown,
            }));
        const fee = rows.find(({ id, field_id: fieldId }) => (id ?? fieldId) === customKeys[1]);
        expect(fee?.value).toBe(edits);
      });
      await sync.admin("POST", "/api/sweep");
      await sync.settled();
      const before = await sync.admin("GET", "/api/changes?limit=1000");
      await sync.admin("POST", "/api/sweep");
      await sync.settled();
      expect(await sync.admin("GET", "/api/changes?limit=1000")).toEqual(before);
      await expectNoProblems(link);
    } finally {
      await circaEmulator(sync).setSettings({ event_dates: "date", custom_fields: "object" });
    }
  });
});
