/** The package's screens in Salesforce, with the middleware and Circa behind them. */
import type { Browser, Locator, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { marketer } from "../support/people.ts";
import { startSync, type RunningSync, type SyncOptions } from "../support/running-sync.ts";
import { busyMachineMs } from "./chromium.ts";

export interface CircaField {
  readonly label: string;
  readonly crm_sync: { readonly direction: string; readonly campaign_field: string } | null;
}

/** Has the components built, which takes longer than a page may: once, then they are kept. */
export async function buildComponents(url: string, query = ""): Promise<void> {
  const answer = await fetch(`${url}/lightning/components.js${query}`);
  await answer.arrayBuffer();
}

/** @throws when it isn't shown in time */
export async function expectShown(locator: Locator): Promise<void> {
  await locator.first().waitFor();
}

export class SalesforceScreens {
  private constructor(
    readonly sync: RunningSync,
    private readonly browser: Browser,
  ) {}

  /** Starts both systems and the middleware. */
  static async open(browser: Browser, options: SyncOptions = {}): Promise<SalesforceScreens> {
    const sync = await startSync(options);
    await Promise.all([sync.settled(), buildComponents(sync.salesforce.url)]);
    const screens = new SalesforceScreens(sync, browser);
    const fields = await screens.circaFields();
    await eventually(
      "Circa's fields are in Salesforce",
      () => [...sync.salesforce.org.store.rows("Circa_Event_Field__c")].length >= fields.length,
      busyMachineMs,
    );
    return screens;
  }

  close(): Promise<void> {
    return this.sync.close();
  }

  /** A page of Salesforce, looked at by the demo's person. */
  async salesforcePage(path: string): Promise<Page> {
    const page = await this.browser.newPage({
      baseURL: this.sync.salesforce.url,
      viewport: { width: 1280, height: 900 },
    });
    page.setDefaultTimeout(busyMachineMs);
    await page.goto(path);
    return page;
  }

  async circaPage(path: string): Promise<Page> {
    const page = await this.browser.newPage({ baseURL: this.sync.circa.url });
    page.setDefaultTimeout(busyMachineMs);
    await page.goto(path);
    return page;
  }

  /** The mapping page, loaded. */
  async mappingPage(): Promise<Page> {
    const page = await this.salesforcePage("/lightning/n/Circa_Mappings");
    await page.getByText(/^Fields found:/).waitFor();
    return page;
  }

  campaignPage(id: string): Promise<Page> {
    return this.salesforcePage(`/lightning/r/Campaign/${id}/view`);
  }

  /** Writes rows as the sync service does, found again by their external id. */
  async upsert(object: string, externalId: string, rows: readonly object[]): Promise<void> {
    const { url, apiVersion, integration } = this.sync.salesforce;
    const answer = await fetch(
      `${url}/services/data/v${apiVersion}/composite/sobjects/${object}/${externalId}`,
      {
        method: "PATCH",
        headers: {
          authorization: `Bearer ${integration.accessToken}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({
          records: rows.map((row) => ({ attributes: { type: object }, ...row })),
        }),
      },
    );
    const text = await answer.text();
    if (!answer.ok || text.includes('"success":false')) {
      throw new Error(`${object}: ${answer.status} ${text}`);
    }
  }

  /** Every Event Info field as Circa's API gives it. */
  async circaFields(): Promise<CircaField[]> {
    const { api, person } = this.sync.circa;
    const fields: CircaField[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await fetch(`${api}/fields?fields_for=Event&page=${page}`, {
        headers: { authorization: `Bearer ${person.apiKey}` },
      });
      const { data } = (await answer.json()) as { data: CircaField[] };
      fields.push(...data);
      if (data.length < 25) return fields;
    }
  }

  get marketer() {
    return marketer(this.sync);
  }

  /** An Event that has no Campaign, also where people search for one. @returns its id */
  async freeEvent(name: string): Promise<string> {
    // A Campaign always has an owner, so its Event needs a leader whom Salesforce knows.
    const { leader } = await this.marketer.event(this.linkedCampaign().eventId);
    const id = await this.marketer.create({ name, leader, start_date: "2027-05-04" });
    await this.upsert("Circa_Event__c", "Event_Id__c", [
      { Event_Id__c: id, Name: name, Start_Date__c: "2027-05-04", Is_Active__c: true },
    ]);
    return id;
  }

  /** The Campaign that an Event of the seed is connected with. */
  linkedCampaign(position = 0): { id: string; eventId: string } {
    const rows = [...this.sync.salesforce.org.store.rows("Campaign")];
    const row = rows.filter((each) => each.Circa_Event_Id__c)[position];
    if (!row) throw new Error("No Campaign is connected.");
    return { id: row.Id, eventId: String(row.Circa_Event_Id__c) };
  }

  freeCampaign(name: string): string {
    const [id] = this.sync.salesforce.seed({ campaigns: [{ Name: name }] }).campaigns;
    if (id === undefined) throw new Error("The Campaign was not made.");
    return id;
  }
}
