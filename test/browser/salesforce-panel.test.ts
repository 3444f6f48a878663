import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import {
  accessibilityProblems,
  describeInBrowser,
  keepScreenshot,
  openBrowser,
} from "./chromium.ts";
import { expectShown, SalesforceScreens } from "./salesforce-screens.ts";

describeInBrowser("the panel of a Campaign in Salesforce", () => {
  let browser: Browser;
  let screens: SalesforceScreens;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    screens = await SalesforceScreens.open(browser);
  }, 120_000);
  afterAll(async () => {
    await screens.close();
    await browser.close();
  });
  afterEach(() => page.close());

  const panel = () => page.locator("c-circa-campaign-panel");
  const campaignOf = async (eventId: string) =>
    (await screens.marketer.event(eventId))["salesforce_campaign_id"];

  test("connects a Campaign with an Event, which Circa then shows, and lets it go again", async () => {
    const eventId = await screens.freeEvent("Lisbon Partner Day");
    page = await screens.campaignPage(screens.freeCampaign("Lisbon Partner Day 2027"));
    await panel().getByRole("searchbox", { name: "Event name or place" }).fill("lisbon");
    await panel().getByRole("button", { name: "Connect Lisbon Partner Day" }).click();
    await expectShown(panel().locator("p.event").getByText("Lisbon Partner Day"));
    await eventually("Circa has the connection", async () => (await campaignOf(eventId)) !== null);
    await expectShown(panel().getByText("In sync", { exact: true }));
    const event = await screens.circaPage(`/events/${eventId}`);
    const link = event.getByRole("complementary").getByRole("link").first();
    expect(await link.getAttribute("href")).toContain("/lightning/r/Campaign/");
    await event.close();

    await panel().getByRole("button", { name: "Disconnect" }).click();
    await panel().getByRole("button", { name: "Yes, disconnect" }).click();
    await expectShown(panel().getByText("This Campaign has no Circa Event."));
    await eventually("Circa has let it go", async () => (await campaignOf(eventId)) === null);
  });

  test("says at once of a field that Circa owns that the edit will be reverted", async () => {
    const { id, eventId } = screens.linkedCampaign();
    const { start_date: before } = await screens.marketer.event(eventId);
    page = await screens.campaignPage(id);
    await expectShown(panel().getByText("Who owns which field"));
    await page.getByRole("link", { name: "Edit this Campaign" }).click();
    await page.getByLabel("Start Date", { exact: true }).fill("2029-09-09");
    await page.getByRole("button", { name: "Save" }).click();
    await panel()
      .getByText(/^Start Date is owned by Circa/)
      .waitFor();
    await eventually("the Event's date is back on the Campaign", () => {
      const row = screens.sync.salesforce.org.store.get("Campaign", id);
      return row?.StartDate !== "2029-09-09";
    });
    expect((await screens.marketer.event(eventId))["start_date"]).toBe(before);
    await expectShown(
      panel().getByRole("listitem").filter({ hasText: "reverted in Salesforce" }).first(),
    );
  });

  test("a problem says what to do, and is gone once that is done", async () => {
    const { id, eventId } = screens.linkedCampaign(1);
    const { name: before } = await screens.marketer.event(eventId);
    page = await screens.campaignPage(id);
    await screens.marketer.edit(eventId, { name: "x".repeat(81) });
    await eventually("the Campaign needs attention", () => {
      const row = screens.sync.salesforce.org.store.get("Campaign", id);
      return row?.Circa_Sync_Status__c === "Attention";
    });
    await eventually("the panel says why", async () => {
      await page.reload();
      await panel().getByText("Who owns which field").waitFor();
      return (
        (await panel()
          .getByText(/takes at most 80/)
          .count()) > 0
      );
    });
    await keepScreenshot(page, "salesforce-panel-problem");
    await screens.marketer.edit(eventId, { name: before });
    await page.getByRole("button", { name: "Sync now" }).click();
    await expectShown(panel().getByText("The sync service has compared both sides: In sync"));
    expect(
      await panel()
        .getByText(/takes at most 80/)
        .count(),
    ).toBe(0);
  });

  test("nothing stands in the way of assistive tools", async () => {
    page = await screens.campaignPage(screens.linkedCampaign().id);
    await expectShown(panel().getByText("Who owns which field"));
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, "salesforce-panel");
  });

  test("nothing stands in the way of connecting with assistive tools", async () => {
    page = await screens.campaignPage(screens.freeCampaign("Not connected"));
    await panel()
      .getByText(/^Events found/)
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
