/** Campaign's fields are read again only when Salesforce says that they have changed. */
import { startEmulators, type Emulators } from "../../emulators/start.ts";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { createLog } from "../../middleware/runtime/log.ts";
import { Circuit } from "../../middleware/systems/circuit/circuit.ts";
import { createCampaignDescribe } from "../../middleware/systems/salesforce/campaigns/campaign-describe.ts";
import { createConnection } from "../../middleware/systems/salesforce/connection/connection.ts";
import { eventually } from "../support/eventually.ts";

const dayMs = 24 * 3_600_000;
let emulators: Emulators;
let nowMs: number;
let describeCampaign: ReturnType<typeof createCampaignDescribe>;

beforeEach(async () => {
  emulators = await startEmulators({ links: 0 });
  const { url, apiVersion, integration } = emulators.salesforce;
  nowMs = Date.now();
  const clock = { ...systemClock, now: () => nowMs };
  const { clientId, clientSecret } = integration;
  const signIn = { kind: "client_credentials", clientId, clientSecret } as const;
  const config = {
    loginUrl: url,
    apiVersion,
    namespace: null,
    signIn,
    apiShare: 0.8,
    requestTimeoutMs: 60_000,
  };
  const circuit = new Circuit({ system: "salesforce", clock, log: createLog("silent") });
  const budget = { note: () => undefined };
  const connection = createConnection(config, clock, { circuit, budget }, () => Promise.resolve());
  describeCampaign = createCampaignDescribe(connection, clock);
});
afterEach(() => emulators.close());

const ifModified = () => describeCampaign({ anew: false });
/** Dates count in whole seconds: the answer can be trusted from the next one on. */
const settled = () =>
  eventually("the same list twice", async () => {
    const fields = await ifModified();
    return fields === (await ifModified()) && fields;
  });
const tierValues = async () => {
  const fields = await ifModified();
  return fields.find(({ name }) => name === "Event_Tier__c")?.picklistValues.map((v) => v.value);
};
const addTier = async (value: string) => {
  await fetch(`${emulators.salesforce.url}/emulator/picklist-values`, {
    method: "POST",
    body: JSON.stringify({ field: "Event_Tier__c", value }),
  });
};

test("a 304 gives the very same list as before", async () => {
  const fields = await settled();
  expect(fields.length).toBeGreaterThan(20);
  expect(await ifModified()).toBe(fields);
});

test("changes are seen, even several within one second", async () => {
  await settled();
  for (const value of ["X1", "X2", "X3"]) {
    await addTier(value);
    expect(await tierValues()).toContain(value);
  }
});

test("asked anew, and after a day, the list is read in full", async () => {
  const fields = await settled();
  const anew = await describeCampaign();
  expect(anew).not.toBe(fields);
  expect(anew).toEqual(fields);
  expect(await ifModified()).toBe(anew);
  nowMs += dayMs;
  expect(await ifModified()).not.toBe(anew);
});
