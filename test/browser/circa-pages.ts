/** A workspace with locks in Circa's emulator, and a browser page that looks at it. */
import type { Browser, Page } from "playwright-core";
import {
  campaignId,
  customKey,
  firstEvent,
  startWorkspace,
  type Workspace,
} from "../../emulators/circa/test/workspace.ts";
import { busyMachineMs } from "./chromium.ts";

export const eventPath = `/events/${firstEvent.id}`;

const salesforceUrl = "http://salesforce.invalid";
export const campaignUrl = `${salesforceUrl}/lightning/r/Campaign/${campaignId}/view`;

export const options = (...values: string[]) =>
  values.map((value) => ({ value, label: `${value} tier` }));

export class CircaPages {
  readonly workspace: Workspace;
  readonly page: Page;

  private constructor(workspace: Workspace, page: Page) {
    this.workspace = workspace;
    this.page = page;
  }

  /**
   * The first Event is connected; Location and the single choice come from Salesforce, the name
   * and the multiple choice go there.
   */
  static async open(browser: Browser): Promise<CircaPages> {
    const workspace = await startWorkspace({ salesforceUrl });
    const page = await browser.newPage({ baseURL: workspace.circa.url });
    page.setDefaultTimeout(busyMachineMs);
    const pages = new CircaPages(workspace, page);
    await workspace.integration("PUT", `${eventPath}/salesforce_campaign`, {
      body: { campaign_id: campaignId },
    });
    await pages.sync("location", "from_salesforce", "Circa_Location__c");
    await pages.sync("name", "to_salesforce", "Name");
    const tiers = options("Gold", "Silver");
    await pages.sync(customKey("SELECT"), "from_salesforce", "Event_Tier__c", tiers);
    const products = options("One", "Two");
    await pages.sync(customKey("MULTISELECT"), "to_salesforce", "Products__c", products);
    return pages;
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.workspace.circa.close();
  }

  /** What the integration says about a field. */
  sync(key: string, direction: string, campaignField: string, list: unknown = null) {
    return this.workspace.integration("PUT", `/fields/${key}/crm_sync`, {
      body: { provider: "salesforce", direction, campaign_field: campaignField, options: list },
    });
  }

  /** What the integration says about the first Event. */
  report(body: unknown) {
    return this.workspace.integration("PUT", `${eventPath}/crm_sync_status`, { body });
  }

  /** The first Event as the API gives it. */
  async readEvent() {
    return (await this.workspace.person("GET", eventPath)).body;
  }

  /** Everything of one field on the Event page. */
  block(key: string) {
    return this.page.locator(`#block-${key}`);
  }

  input(key: string) {
    return this.page.locator(`#field-${key}`);
  }

  /** One field's row in Settings > Event Info. */
  row(key: string) {
    return this.page.locator(`#row-${key}`);
  }

  alert() {
    return this.page.getByRole("alert");
  }

  async save(): Promise<void> {
    await this.page.getByRole("button", { name: "Save changes" }).click();
  }
}
