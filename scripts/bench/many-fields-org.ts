/** An org with so many Campaign fields, and a Circa with so many fields, that a page gets slow. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSalesforceEmulator } from "../../emulators/salesforce/index.ts";
import { defaultSourceDirs } from "../../emulators/salesforce/index.ts";

export interface ManyFieldsOrg {
  readonly url: string;
  close(): Promise<void>;
}

const namespace = "http://soap.sforce.com/2006/04/metadata";
const words = ["Venue", "Badge", "Sponsor", "Travel", "Catering", "Session", "Budget", "Press"];
const labelOf = (number: number) => `${words[number % words.length] ?? ""} Detail ${number}`;

/** @param campaignFields custom ones, beside the standard and the package's own */
export async function startManyFieldsOrg(
  circaFields: number,
  campaignFields: number,
): Promise<ManyFieldsOrg> {
  const folder = mkdtempSync(join(tmpdir(), "event-info-sync-bench-"));
  writeCampaignFields(folder, campaignFields);
  const salesforce = await startSalesforceEmulator({ sourceDirs: [...defaultSourceDirs, folder] });
  const rows = Array.from({ length: circaFields }, (_, order) => ({
    Name: labelOf(order),
    Field_Key__c: `field_${order}`,
    Label__c: labelOf(order),
    Type__c: order % 3 === 0 ? "DATE" : "TEXT",
    Section__c: words[order % words.length] ?? "",
    Order__c: order,
    Is_Active__c: true,
    Last_Seen__c: new Date().toISOString(),
  }));
  await upsertAll(salesforce.url, salesforce.integration.accessToken, rows);
  return {
    url: salesforce.url,
    close: async () => {
      await salesforce.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeCampaignFields(folder: string, count: number): void {
  const fields = join(folder, "objects", "Campaign", "fields");
  mkdirSync(fields, { recursive: true });
  const names = Array.from({ length: count }, (_, number) => `Detail_${number}__c`);
  names.forEach((name, number) => {
    const type = number % 3 === 0 ? "<type>Date</type>" : "<length>120</length><type>Text</type>";
    const label = `<label>${labelOf(number)}</label>`;
    const xml = `<CustomField xmlns="${namespace}"><fullName>${name}</fullName>${label}${type}</CustomField>`;
    writeFileSync(join(fields, `${name}.field-meta.xml`), xml);
  });
  const grants = names.map(
    (name) =>
      `<fieldPermissions><editable>true</editable><field>Campaign.${name}</field><readable>true</readable></fieldPermissions>`,
  );
  mkdirSync(join(folder, "permissionsets"));
  writeFileSync(
    join(folder, "permissionsets", "Many_Fields.permissionset-meta.xml"),
    `<PermissionSet xmlns="${namespace}">${grants.join("")}<label>Many Fields</label></PermissionSet>`,
  );
}

async function upsertAll(url: string, accessToken: string, rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 200) {
    const records = rows
      .slice(start, start + 200)
      .map((row) => ({ attributes: { type: "Circa_Event_Field__c" }, ...row }));
    const answer = await fetch(
      `${url}/services/data/v61.0/composite/sobjects/Circa_Event_Field__c/Field_Key__c`,
      {
        method: "PATCH",
        headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
        body: JSON.stringify({ records }),
      },
    );
    const text = await answer.text();
    if (!answer.ok || text.includes('"success":false')) throw new Error(text);
  }
}
