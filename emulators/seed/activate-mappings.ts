import { z } from "zod";

const rows = z.object({ records: z.array(z.object({ DeveloperName: z.string() })) });

/**
 * Switches every mapping row of the org on, as an admin does on the mapping page.
 * @throws Error when the org refuses
 */
export async function activateMappings(salesforce: {
  readonly url: string;
  readonly apiVersion: string;
  readonly integration: { readonly accessToken: string };
}): Promise<void> {
  const query = encodeURIComponent("SELECT DeveloperName FROM Circa_Field_Mapping__mdt");
  const found = await request(
    `${salesforce.url}/services/data/v${salesforce.apiVersion}/query?q=${query}`,
    { headers: { authorization: `Bearer ${salesforce.integration.accessToken}` } },
  );
  for (const { DeveloperName } of rows.parse(found).records) {
    await request(
      `${salesforce.url}/emulator/custom-metadata/Circa_Field_Mapping__mdt/${DeveloperName}`,
      {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ Is_Active__c: true }),
      },
    );
  }
}

async function request(url: string, init: RequestInit): Promise<unknown> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
