import { z } from "zod";
import { startEmulators, type Emulators } from "../../emulators/start.ts";

const eventPage = z.object({
  data: z.array(
    z.looseObject({ id: z.string(), name: z.string(), salesforce_campaign_id: z.string() }),
  ),
});
const campaignRows = z.object({
  records: z.array(z.looseObject({ Id: z.string(), Circa_Event_Id__c: z.string() })),
});
const mappingRows = z.object({ records: z.array(z.object({ Is_Active__c: z.boolean() })) });

async function getJson(url: string, token: string): Promise<unknown> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return answer.json();
}

function query({ salesforce }: Emulators, soql: string): Promise<unknown> {
  const { url, apiVersion, person } = salesforce;
  const path = `/services/data/v${apiVersion}/query?q=${encodeURIComponent(soql)}`;
  return getJson(`${url}${path}`, person.accessToken);
}

async function readLinks(emulators: Emulators) {
  const { circa } = emulators;
  const { data } = eventPage.parse(await getJson(`${circa.api}/events`, circa.person.apiKey));
  const rows = await query(emulators, "SELECT Id, Circa_Event_Id__c FROM Campaign ORDER BY Id");
  const { records } = campaignRows.parse(rows);
  return {
    inCirca: data.map((event) => [event.id, event.salesforce_campaign_id]),
    inSalesforce: records.map((campaign) => [campaign.Circa_Event_Id__c, campaign.Id]),
  };
}

async function countActiveMappings(emulators: Emulators): Promise<number> {
  const rows = await query(emulators, "SELECT Is_Active__c FROM Circa_Field_Mapping__mdt");
  return mappingRows.parse(rows).records.filter((row) => row.Is_Active__c).length;
}

describe("both emulators, started together", () => {
  let emulators: Emulators | undefined;
  afterEach(async () => {
    await emulators?.close();
    emulators = undefined;
  });

  test("hold the same links, each side naming the other", async () => {
    emulators = await startEmulators({ links: 25 });
    const { inCirca, inSalesforce } = await readLinks(emulators);
    expect(inCirca).toHaveLength(25);
    expect(inCirca).toEqual(inSalesforce);
  });

  test("have all mappings switched on, and still after starting over", async () => {
    emulators = await startEmulators({ links: 3 });
    const active = await countActiveMappings(emulators);
    expect(active).toBeGreaterThan(20);
    await fetch(`${emulators.salesforce.url}/emulator/reset`, { method: "POST" });
    expect(await countActiveMappings(emulators)).toBe(active);
  });

  test("leave the mappings as the package brings them when asked to", async () => {
    emulators = await startEmulators({ links: 0, activateMappings: false });
    expect(await countActiveMappings(emulators)).toBe(0);
  });
});
