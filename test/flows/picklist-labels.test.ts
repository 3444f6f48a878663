/** A text of Circa shows a picklist's label, also once Salesforce no longer describes the value. */
import { eventuallyHolds } from "../support/eventually.ts";
import { mapNewField, Pair, problemsOf, startPicklistOrg, sweep } from "../support/picklist-org.ts";
import type { RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let pair: Pair;
let format: string;

beforeAll(async () => {
  sync = await startPicklistOrg({ links: 1 });
  format = await mapNewField(sync, {
    label: "Format in words",
    type: "TEXT",
    campaignField: "Format__c",
    direction: "From_Salesforce",
  });
  await sync.settled();
  await sweep(sync);
  [pair] = (await Pair.all(sync)) as [Pair];
});
afterAll(() => sync.close());

const compareAll = async () => {
  await sync.admin("POST", "/api/sweep?full=true");
  await sync.settled();
};

test.each([
  ["deactivated", { active: false }],
  ["removed", { remove: true }],
])("a value that is %s keeps its last known label", async (_, how) => {
  await salesforceAdmin(sync).changePicklistValue({
    field: "Format__c",
    value: "PANEL",
    label: "Panel talk",
    active: true,
  });
  await pair.editCampaign({ Format__c: "PANEL" });
  await eventuallyHolds("the label is shown", async () =>
    expect(await pair.inCirca(format)).toBe("Panel talk"),
  );
  await sweep(sync);
  await salesforceAdmin(sync).changePicklistValue({ field: "Format__c", value: "PANEL", ...how });
  await compareAll();
  await pair.editCampaign({ Booth_Number__c: `beside ${JSON.stringify(how)}`.slice(0, 40) });
  await sync.settled();
  expect(await pair.inCirca(format)).toBe("Panel talk");
  expect((await problemsOf(sync)).map(({ code }) => code)).not.toContain("REFUSED_BY_CIRCA");
  await pair.editCampaign({ Format__c: "KEYNOTE" });
  await eventuallyHolds("the next value is shown", async () =>
    expect(await pair.inCirca(format)).toBe("Keynote"),
  );
});
