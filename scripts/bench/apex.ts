/**
 * A save of many Campaigns through the local Salesforce, with the package's trigger: what a data
 * import in an org costs here. All mappings are on, and a mapped field of each Campaign changes,
 * so every one is signalled.
 */
import { Connection } from "jsforce";
import { z } from "zod";
import {
  type SalesforceEmulator,
  startSalesforceEmulator,
} from "../../emulators/salesforce/index.ts";
import type { Bench, Measurement } from "./bench.ts";

const campaignCount = 10_000;
/** The most that one call of the collections API takes. */
const recordsPerCall = 200;
const goalSeconds = 10;

export const apexBench: Bench = {
  name: "apex",
  about: `saves ${campaignCount} Campaigns by REST, with the package's trigger`,
  async run(print): Promise<Measurement> {
    const salesforce = await startSalesforceEmulator();
    try {
      const { campaigns: ids } = salesforce.seed({ campaigns: connectedCampaigns() });
      const signalled = countSignalled(salesforce);
      const connection = new Connection({
        instanceUrl: salesforce.url,
        accessToken: salesforce.person.accessToken,
        version: salesforce.apiVersion,
      });
      const mappings = await switchMappingsOn(connection);
      print(`${mappings} mappings are on`);
      const processorBefore = process.cpuUsage();
      const startedAt = performance.now();
      for (let first = 0; first < ids.length; first += recordsPerCall) {
        await setGoals(connection, ids.slice(first, first + recordsPerCall));
      }
      const seconds = (performance.now() - startedAt) / 1000;
      if (signalled.size !== campaignCount) {
        throw new Error(`The trigger signalled ${signalled.size} of ${campaignCount} Campaigns`);
      }
      const { user, system } = process.cpuUsage(processorBefore);
      const processorSeconds = ((user + system) / 1e6).toFixed(1);
      print(
        `${seconds.toFixed(1)} s (the goal is ${goalSeconds} s), ${processorSeconds} s of processor time`,
      );
      return {
        unit: "Campaigns a second",
        perSecond: campaignCount / seconds,
        goalPerSecond: campaignCount / goalSeconds,
      };
    } finally {
      await salesforce.close();
    }
  },
};

/** The Campaigns that the trigger's events name; fills as they are published. */
function countSignalled({ org }: SalesforceEmulator): ReadonlySet<string> {
  const signalled = new Set<string>();
  const publish = org.onEvents;
  org.onEvents = (events) => {
    for (const { payload } of events) {
      const ids = z.array(z.string()).parse(JSON.parse(String(payload["Campaign_Ids__c"])));
      for (const id of ids) signalled.add(id);
    }
    publish(events);
  };
  return signalled;
}

function connectedCampaigns(): { Name: string; Circa_Event_Id__c: string }[] {
  return Array.from({ length: campaignCount }, (_, number) => ({
    Name: `Campaign ${number}`,
    Circa_Event_Id__c: `event-${number}`,
  }));
}

const mappingRows = z.object({ records: z.array(z.object({ DeveloperName: z.string() })) });

/** @returns how many there are */
async function switchMappingsOn(connection: Connection): Promise<number> {
  const soql = "SELECT DeveloperName FROM Circa_Field_Mapping__mdt";
  const { records } = mappingRows.parse(await connection.query(soql));
  for (const { DeveloperName: name } of records) {
    const url = `${connection.instanceUrl}/emulator/custom-metadata/Circa_Field_Mapping__mdt/${name}`;
    const answer = await fetch(url, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ Is_Active__c: true }),
    });
    if (!answer.ok) throw new Error(`${name} stays off: ${await answer.text()}`);
  }
  return records.length;
}

async function setGoals(connection: Connection, ids: readonly string[]): Promise<void> {
  const records = ids.map((Id, number) => ({ Id, Name: `Renamed ${Id}`, Lead_Goal__c: number }));
  const results = await connection.sobject("Campaign").update(records);
  const refused = results.find(({ success }) => !success);
  if (refused) throw new Error(`A Campaign was not saved: ${JSON.stringify(refused.errors)}`);
}
