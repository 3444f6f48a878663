/** What Salesforce's own screens show, as the running middleware writes and answers it. */
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { integrationUser, type IntegrationUser } from "../support/integration-user.ts";

type Json = Record<string, unknown>;

let sync: RunningSync;
let link: OneLink;
let salesforce: IntegrationUser;

beforeAll(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  link = await oneLink(sync);
  salesforce = integrationUser(sync);
});
afterAll(() => sync.close());

const one = async (soql: string): Promise<Json> => (await salesforce.query(soql))[0] ?? {};
const linkRow = () =>
  one(
    `SELECT Event_Id__c, Checked_At__c, Last_Request_Id__c, Detail__c FROM Circa_Sync_Link__c WHERE Campaign_Key__c = '${link.campaignId}'`,
  );
const issues = () =>
  salesforce.query(
    `SELECT Status__c, Code__c, Message__c, Hint__c, Event_Name__c, Field_Label__c, Resolved_At__c, Seen_At__c FROM Circa_Sync_Issue__c WHERE Event_Id__c = '${link.eventId}'`,
  );
const longMs = 20_000;

/** Salesforce shows whole seconds: what is seen again in the same one looks as it did. */
const secondIsOver = (shown: unknown) =>
  eventually("that second is over", () => Date.now() >= Date.parse(String(shown)) + 1_000);

test("Circa's fields are there for the mapping page, with type, section and options", async () => {
  await eventuallyHolds(
    "the catalogue is written",
    async () => {
      const rows = await salesforce.query(
        "SELECT Field_Key__c, Label__c, Type__c, Section__c, Is_Required__c, Is_Read_Only__c, Is_Custom__c, Options__c, Is_Active__c FROM Circa_Event_Field__c",
      );
      const byKey = new Map(rows.map((row) => [row["Field_Key__c"], row]));
      expect(byKey.get("name")).toMatchObject({
        Type__c: "TEXT",
        Is_Required__c: true,
        Is_Active__c: true,
      });
      expect(byKey.get("team")).toMatchObject({ Type__c: "TEAM", Is_Read_Only__c: true });
      expect(JSON.parse(String(byKey.get("types")?.["Options__c"]))).toContain("Trade Show");
      expect(byKey.get(link.key("Agenda"))).toMatchObject({
        Is_Custom__c: true,
        Label__c: "Agenda",
      });
    },
    longMs,
  );
});

test("an edit shows on the Campaign's page with its cause, and the Event can be searched for", async () => {
  await link.editEvent({ location: "Kalamata" });
  await eventuallyHolds(
    "the change is shown",
    async () => {
      const row = await linkRow();
      const detail = JSON.parse((row["Detail__c"] as string | undefined) ?? "{}") as {
        changes?: Json[];
        fields?: Json[];
      };
      expect(row["Event_Id__c"]).toBe(link.eventId);
      expect(detail.changes?.[0]).toMatchObject({
        fieldKey: "location",
        campaignField: "Circa_Location__c",
        direction: "to_salesforce",
        cause: "webhook",
        newValue: "Kalamata",
      });
      expect(detail.fields).toContainEqual(
        expect.objectContaining({ key: "location", state: "in_sync", note: null }),
      );
      expect(
        await one(
          `SELECT Name, Location__c, Is_Active__c FROM Circa_Event__c WHERE Event_Id__c = '${link.eventId}'`,
        ),
      ).toMatchObject({ Location__c: "Kalamata", Is_Active__c: true });
    },
    longMs,
  );
});

test("a problem opens with words and closes by itself, and a retry is answered", async () => {
  await link.forceEvent({}, { start_date: "soon" });
  await eventuallyHolds(
    "the problem is listed",
    async () => {
      const [issue] = await issues();
      expect(issue).toMatchObject({ Status__c: "Open", Resolved_At__c: null });
      expect(String(issue?.["Message__c"])).toContain("soon");
      const detail = JSON.parse(String((await linkRow())["Detail__c"])) as { fields: Json[] };
      expect(detail.fields).toContainEqual(
        expect.objectContaining({ key: "start_date", state: "problem" }),
      );
    },
    longMs,
  );
  const seenAt = (await issues())[0]?.["Seen_At__c"];
  await secondIsOver(seenAt);
  await salesforce.signal({
    Kind__c: "sync_requested",
    Campaign_Ids__c: JSON.stringify([link.campaignId]),
    Request_Id__c: "retry-1",
  });
  await eventuallyHolds(
    "the retry is answered",
    async () => {
      expect(await linkRow()).toMatchObject({ Last_Request_Id__c: "retry-1" });
      expect((await issues())[0]?.["Seen_At__c"]).not.toBe(seenAt);
    },
    longMs,
  );
  await link.editEvent({ start_date: "2027-05-04" });
  await eventuallyHolds(
    "the problem is resolved",
    async () => {
      expect((await issues())[0]).toMatchObject({
        Status__c: "Resolved",
        Resolved_At__c: expect.any(String) as string,
      });
    },
    longMs,
  );
});

test("Sync now is answered though there is nothing to write", async () => {
  await sync.settled();
  await salesforce.signal({
    Kind__c: "sync_requested",
    Campaign_Ids__c: JSON.stringify([link.campaignId]),
    Request_Id__c: "now-1",
  });
  await eventuallyHolds(
    "the request is answered",
    async () => expect(await linkRow()).toMatchObject({ Last_Request_Id__c: "now-1" }),
    longMs,
  );
});

test("an Event without a Campaign is tried again when somebody asks", async () => {
  const before = (await issues())[0]?.["Seen_At__c"];
  await secondIsOver(before);
  await link.forceEvent({}, { end_date: "later" });
  await eventuallyHolds(
    "the problem is listed",
    async () => {
      const open = (await issues()).find((issue) => issue["Status__c"] === "Open");
      expect(open?.["Seen_At__c"]).not.toBe(before);
    },
    longMs,
  );
  const seenAt = (await issues()).map((issue) => issue["Seen_At__c"]);
  for (const shown of seenAt) await secondIsOver(shown);
  await salesforce.signal({
    Kind__c: "sync_requested",
    Request_Id__c: "retry-2",
    Detail__c: JSON.stringify({ eventIds: [link.eventId], fieldKeys: [] }),
  });
  await eventuallyHolds(
    "it was tried again",
    async () => {
      expect((await issues()).map((issue) => issue["Seen_At__c"])).not.toEqual(seenAt);
    },
    longMs,
  );
  await link.editEvent({ end_date: "2027-05-06" });
});

test("before a mapping is turned round, the Events it would overwrite are counted", async () => {
  await link.editEvent({ location: "Thessaloniki" });
  await sync.settled();
  const answers = salesforce.answers();
  await answers.ready;
  await salesforce.signal({
    Kind__c: "preview_requested",
    Request_Id__c: "preview-1",
    Detail__c: JSON.stringify({
      rows: [
        {
          rowKey: "same",
          circaFieldKey: "location",
          campaignField: "Circa_Location__c",
          direction: "From_Salesforce",
        },
        {
          rowKey: "other",
          circaFieldKey: "location",
          campaignField: "Circa_Team__c",
          direction: "From_Salesforce",
        },
        {
          rowKey: "broken",
          circaFieldKey: "location",
          campaignField: "No_Such__c",
          direction: "From_Salesforce",
        },
      ],
    }),
  });
  await eventuallyHolds(
    "the count arrives",
    () => {
      const answer = answers.received.find((it) => it["Request_Id__c"] === "preview-1");
      expect(answer).toMatchObject({ Kind__c: "preview_ready" });
      const { rows } = JSON.parse(String(answer?.["Body__c"])) as { rows: Json[] };
      expect(rows).toContainEqual({ rowKey: "same", events: 0 });
      expect(rows).toContainEqual({ rowKey: "other", events: 2 });
      expect(rows).toContainEqual({ rowKey: "broken", events: null });
      return Promise.resolve();
    },
    longMs,
  );
  await answers.close();
});

test("the set-up page hears how the service is as soon as it asks", async () => {
  await salesforce.signal({ Kind__c: "state_requested", Request_Id__c: "state-1" });
  await eventuallyHolds(
    "the state is written",
    async () => {
      const row = await one(
        "SELECT Stream_State__c, Heartbeat_At__c, Version__c, Detail__c FROM Circa_Sync_State__c",
      );
      expect(row).toMatchObject({ Stream_State__c: "subscribed" });
      expect(JSON.parse(String(row["Detail__c"]))).toMatchObject({
        links: 2,
        circaIntake: "webhooks",
      });
    },
    longMs,
  );
});
