/** The package's trigger rules as the stream shows them, whatever runs the trigger. */
import type { SalesforceEmulator } from "../index.ts";
import { startSalesforceEmulator } from "../index.ts";
import { connect, control } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let signals: { by: string; ids: string[]; fields: string[]; kind: unknown }[];
let linked: string;
let unlinked: string;

const row = (field: string, direction: string) => ({
  type: "Circa_Field_Mapping__mdt",
  developerName: `Test_${field}`,
  values: {
    Circa_Field_Key__c: field,
    Campaign_Object__c: "Campaign",
    Campaign_Field__c: field,
    Direction__c: direction,
    Is_Active__c: true,
  },
});

beforeEach(async () => {
  emulator = await startSalesforceEmulator();
  emulator.seed({
    customMetadata: [row("StartDate", "To_Salesforce"), row("BudgetedCost", "From_Salesforce")],
  });
  const campaigns = [{ Name: "Linked", Circa_Event_Id__c: "RXZlbnQtMQ" }, { Name: "Unlinked" }];
  [linked, unlinked] = emulator.seed({ campaigns }).campaigns as [string, string];
  signals = [];
  emulator.org.onEvents = (events) => {
    for (const { createdById: by, payload } of events) {
      const ids = JSON.parse(String(payload.Campaign_Ids__c)) as string[];
      const fields = JSON.parse(String(payload.Changed_Fields__c)) as string[];
      signals.push({ by, ids, fields, kind: payload.Kind__c });
    }
  };
});
afterEach(() => emulator.close());

async function update(user: "integration" | "person", Id: string, fields: object): Promise<void> {
  const results = await connect(emulator, user)
    .sobject("Campaign")
    .update([{ Id, ...fields }]);
  expect(results).toMatchObject([{ success: true }]);
}

test("a person's change of a mapped field of a connected Campaign is signalled", async () => {
  await update("person", linked, { StartDate: "2026-05-01" });
  expect(signals).toEqual([
    { by: emulator.person.userId, ids: [linked], fields: ["StartDate"], kind: "campaigns_changed" },
  ]);
});

test("changes that don't matter to the sync are not", async () => {
  await update("person", linked, { Description: "x" });
  await update("person", unlinked, { StartDate: "2026-05-01" });
  await update("person", linked, {});
  expect(signals).toEqual([]);
});

test("connecting and disconnecting is signalled", async () => {
  await update("person", unlinked, { Circa_Event_Id__c: "RXZlbnQtMg" });
  await update("person", linked, { Circa_Event_Id__c: null });
  expect(signals.map((signal) => [signal.ids, signal.fields])).toEqual([
    [[unlinked], ["Circa_Event_Id__c"]],
    [[linked], ["Circa_Event_Id__c"]],
  ]);
});

test("the integration's own writes are signalled only for FROM fields", async () => {
  await update("integration", linked, { StartDate: "2026-05-01" });
  await update("integration", unlinked, { Circa_Event_Id__c: "RXZlbnQtMg" });
  expect(signals).toEqual([]);
  await update("integration", linked, { StartDate: "2026-06-01", BudgetedCost: 5 });
  expect(signals).toMatchObject([{ by: emulator.integration.userId, fields: ["BudgetedCost"] }]);
});

test("creating, deleting and undeleting a connected Campaign is signalled", async () => {
  const campaigns = connect(emulator, "person").sobject("Campaign");
  await campaigns.create({ Name: "New", Circa_Event_Id__c: "RXZlbnQtMw" });
  await campaigns.create({ Name: "Plain" });
  await campaigns.destroy([linked, unlinked]);
  await control(emulator, "undelete", { ids: [linked] });
  expect(signals.map((signal) => signal.ids.length)).toEqual([1, 1, 1]);
  expect(signals[1]!.ids).toEqual([linked]);
});

test("one signal names all Campaigns of a chunk", async () => {
  const many = Array.from({ length: 250 }, (_, n) => ({
    Name: `C${n}`,
    Circa_Event_Id__c: `E${n}`,
  }));
  const ids = emulator.seed({ campaigns: many }).campaigns;
  await connect(emulator, "person")
    .sobject("Campaign")
    .update(ids.slice(0, 200).map((Id) => ({ Id, BudgetedCost: 1 })));
  expect(signals.map((signal) => signal.ids.length)).toEqual([200]);
});

test("a seed signals nothing", () => {
  emulator.seed({ campaigns: [{ Name: "Silent", Circa_Event_Id__c: "RXZlbnQtOQ" }] });
  expect(signals).toEqual([]);
});
