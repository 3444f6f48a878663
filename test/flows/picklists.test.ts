/** Picklists as people in Circa meet them: Salesforce's lists, locked, kept current. */
import { circaAdmin } from "../support/circa-admin.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { marketer } from "../support/people.ts";
import { mapNewField, Pair, problemsOf, startPicklistOrg, sweep } from "../support/picklist-org.ts";
import type { RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let pair: Pair;
let tier: string;
let products: string;
let format: string;
let channel: string;

beforeAll(async () => {
  sync = await startPicklistOrg({ links: 2 });
  format = await mapNewField(sync, {
    label: "Format",
    type: "SELECT",
    campaignField: "Format__c",
    options: ["typed in before"],
  });
  channel = await mapNewField(sync, {
    label: "Channel",
    type: "SELECT",
    campaignField: "Channel__c",
  });
  await sync.settled();
  await sweep(sync);
  [pair] = (await Pair.all(sync)) as [Pair];
  const custom = await marketer(sync).customKeys();
  tier = custom.get("Event Tier")!;
  products = custom.get("Products Shown")!;
});
afterAll(() => sync.close());

const options = async (key: string) => (await circaAdmin(sync).field(key)).crm_sync?.options;
const change = async (value: Record<string, unknown>) => {
  await salesforceAdmin(sync).changePicklistValue(value);
  await sweep(sync);
};

test("the list is Salesforce's: active values in its order, label shown and value stored", async () => {
  expect(await circaAdmin(sync).field(format)).toMatchObject({
    options: ["PANEL", "WORKSHOP", "KEYNOTE"],
    options_locked: true,
    crm_sync: {
      direction: "to_salesforce",
      campaign_field: "Format__c",
      options: [
        { value: "PANEL", label: "Panel talk" },
        { value: "WORKSHOP", label: "Workshop" },
        { value: "KEYNOTE", label: "Keynote" },
      ],
    },
  });
});

test("the list can't be edited in Circa, in either direction", async () => {
  expect((await circaAdmin(sync).field(tier)).crm_sync?.direction).toBe("from_salesforce");
  expect((await circaAdmin(sync).field(products)).crm_sync?.direction).toBe("to_salesforce");
  for (const key of [tier, products]) {
    const answer = await circaAdmin(sync).editField(key, { options: ["my own"] });
    expect(answer.status).toBe(422);
    expect(answer.body["errors"]).toEqual([expect.objectContaining({ code: "locked" })]);
  }
});

test("TO Salesforce, a single Event can choose among the values, and among no others", async () => {
  expect((await pair.choose(products, ["Summit Services", "Atlas Platform"])).status).toBe(200);
  await eventuallyHolds("the Campaign has the products", async () => {
    expect(await pair.onCampaign("Products_Shown__c")).toBe("Atlas Platform;Summit Services");
  });
  expect((await pair.choose(products, ["my own"])).status).toBe(422);
});

test("FROM Salesforce, a single Event can't choose", async () => {
  const { status, body } = await pair.choose(tier, "C – Local");
  expect(status).toBe(422);
  expect(body["errors"]).toEqual([expect.objectContaining({ code: "locked" })]);
});

test("a new value, another label, a deactivation and another order follow with the sweep", async () => {
  const field = "Format__c";
  await change({ field, value: "FIRESIDE", label: "Fireside chat" });
  expect(await options(format)).toContainEqual({ value: "FIRESIDE", label: "Fireside chat" });
  await change({ field, value: "FIRESIDE", label: "Fireside" });
  expect(await options(format)).toContainEqual({ value: "FIRESIDE", label: "Fireside" });
  await change({ field, value: "PANEL", active: false });
  expect((await circaAdmin(sync).field(format)).options).toEqual([
    "WORKSHOP",
    "KEYNOTE",
    "FIRESIDE",
  ]);
  await salesforceAdmin(sync).changePicklistValue({ field, value: "WORKSHOP", remove: true });
  await change({ field, value: "WORKSHOP", label: "Workshop" });
  expect((await circaAdmin(sync).field(format)).options).toEqual([
    "KEYNOTE",
    "FIRESIDE",
    "WORKSHOP",
  ]);
  await change({ field, value: "PANEL", active: true });
  expect((await circaAdmin(sync).field(format)).options[0]).toBe("PANEL");
});

test("a changed list follows with a changed mapping too, without a sweep", async () => {
  await salesforceAdmin(sync).changePicklistValue({ field: "Channel__c", value: "Podcast" });
  await salesforceAdmin(sync).tellMappingsChanged();
  await eventuallyHolds("Circa offers the value", async () => {
    expect(await options(channel)).toContainEqual({ value: "Podcast", label: "Podcast" });
  });
  await sync.settled();
});

test("a sweep that finds nothing new writes nothing and costs Salesforce few calls", async () => {
  const requests = async () => ({
    ...(await circaAdmin(sync).requests()),
    ...(await salesforceAdmin(sync).requests()),
  });
  await sweep(sync);
  const before = await requests();
  const written = await salesforceAdmin(sync).campaignsWritten();
  await sweep(sync);
  expect(await salesforceAdmin(sync).campaignsWritten()).toBe(written);
  const more = Object.entries(await requests()).flatMap(([name, count]) => {
    const added = count - (before[name] ?? 0);
    // What the screens are told comes in its own time.
    const others = name === "cometd" || name.startsWith("collections");
    const counts = added > 0 && !name.startsWith("GET ") && !others;
    return counts ? [[name, added] as const] : [];
  });
  // What is set up and whether Campaign's fields have changed is one call, what has moved another.
  expect(new Map(more)).toEqual(
    new Map([
      ["composite.POST", 1],
      ["queryAll", 1],
    ]),
  );
});

describe("an unrestricted picklist TO Salesforce", () => {
  test("takes any value, as Salesforce does", async () => {
    await pair.store(channel, "Carrier pigeon");
    await eventuallyHolds("the Campaign has the value", async () => {
      expect(await pair.onCampaign("Channel__c")).toBe("Carrier pigeon");
    });
  });

  test("takes no value of more than 255 characters", async () => {
    await pair.store(channel, "x".repeat(256));
    await eventuallyHolds("the problem says so", async () => {
      expect(await problemsOf(sync)).toEqual([
        expect.objectContaining({ code: "VALUE_TOO_LONG", fieldKey: channel }),
      ]);
    });
    expect(await pair.onCampaign("Channel__c")).toBe("Carrier pigeon");
    await pair.choose(channel, "Email");
    await eventuallyHolds("the problem is gone", async () => {
      expect(await problemsOf(sync)).toEqual([]);
    });
  });
});

test("a restricted picklist TO Salesforce refuses an unknown value and says which there are", async () => {
  await pair.choose(format, "KEYNOTE");
  await eventuallyHolds("the Campaign has the format", async () => {
    expect(await pair.onCampaign("Format__c")).toBe("KEYNOTE");
  });
  await pair.store(format, "Karaoke");
  await eventuallyHolds("the Event says what is wrong", async () => {
    const { state, problems } = await pair.shown();
    expect(state).toBe("attention");
    expect(problems).toEqual([
      expect.objectContaining({
        field: format,
        message: expect.stringContaining(`"Karaoke"`) as string,
        hint: expect.stringContaining(`"PANEL", "KEYNOTE", "FIRESIDE", "WORKSHOP"`) as string,
      }),
    ]);
  });
  // The turn's record follows what it shows.
  await eventuallyHolds("the problem is recorded", async () => {
    expect(await problemsOf(sync)).toEqual([
      expect.objectContaining({ code: "VALUE_NOT_IN_LIST", eventId: pair.eventId }),
    ]);
  });
  expect(await pair.onCampaign("Format__c")).toBe("KEYNOTE");
  await pair.choose(format, "PANEL");
  await eventuallyHolds("the problem is gone", async () => {
    expect(await problemsOf(sync)).toEqual([]);
    expect(await pair.onCampaign("Format__c")).toBe("PANEL");
  });
});

test("a text field in Circa keeps its text, and is sent as the value that the words mean", async () => {
  const country = await mapNewField(sync, {
    label: "Country in words",
    type: "TEXT",
    campaignField: "Country__c",
  });
  await sweep(sync);
  expect((await sync.status()).mappings.lockGap).toBeNull();
  expect((await circaAdmin(sync).field(country)).crm_sync?.options).toBeNull();
  await pair.choose(country, "austria");
  await eventuallyHolds("the Campaign has the value", async () => {
    expect(await pair.onCampaign("Country__c")).toBe("Austria");
  });
});

describe("FROM Salesforce, a value that the Campaign still holds though it is switched off", () => {
  const field = "Event_Tier__c";
  const value = "D – Test";

  beforeEach(async () => {
    await salesforceAdmin(sync).changePicklistValue({ field, value, active: true });
    await pair.editCampaign({ [field]: value });
    await salesforceAdmin(sync).changePicklistValue({ field, value, active: false });
  });
  afterEach(async () => {
    await pair.editCampaign({ [field]: "A – Flagship" });
    await eventually("all is in line again", async () => {
      const inLine = (await pair.inCirca(tier)) === "A – Flagship";
      return inLine && (await problemsOf(sync)).length === 0;
    });
  });

  test("is a problem of the Event when Circa refuses it", async () => {
    await sweep(sync);
    await eventuallyHolds("the problem is there", async () => {
      expect(await problemsOf(sync)).toEqual([
        expect.objectContaining({ code: "REFUSED_BY_CIRCA", fieldKey: tier }),
      ]);
    });
    expect(await pair.inCirca(tier)).not.toBe(value);
  });

  test("is given to the Event when Circa takes it, as without a locked list", async () => {
    await circaAdmin(sync).setContract({ field_sync: false });
    const { options: own } = await circaAdmin(sync).field(tier);
    await circaAdmin(sync).editField(tier, { options: [...own, value] });
    await sweep(sync);
    await eventuallyHolds("the Event has the value", async () => {
      expect(await pair.inCirca(tier)).toBe(value);
    });
    expect((await sync.status()).mappings.lockGap).toContain("no field sync endpoint");
    await circaAdmin(sync).setContract({ field_sync: true });
  });
});
