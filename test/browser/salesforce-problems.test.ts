import type { Browser, Page } from "playwright-core";
import {
  defaultSourceDirs,
  startSalesforceEmulator,
  type SalesforceEmulator,
} from "../../emulators/salesforce/index.ts";
import { callRest } from "../../emulators/salesforce/test/support/salesforce-org.ts";
import {
  accessibilityProblems,
  busyMachineMs,
  describeInBrowser,
  keepScreenshot,
  openBrowser,
} from "./chromium.ts";
import { buildComponents, expectShown } from "./salesforce-screens.ts";

describeInBrowser("problems and set-up in Salesforce, while no service runs", () => {
  let browser: Browser;
  let salesforce: SalesforceEmulator;
  let page: Page;
  let campaignId: string;
  beforeAll(async () => {
    browser = await openBrowser();
    salesforce = await startSalesforceEmulator({ sourceDirs: defaultSourceDirs });
    await buildComponents(salesforce.url);
    campaignId = salesforce.seed({ campaigns: [{ Name: "Spring Summit" }] }).campaigns[0]!;
    const now = new Date().toISOString();
    const problem = {
      ...{ Campaign__c: campaignId, Event_Id__c: "RXZlbnQtMQ", Event_Name__c: "Spring Summit" },
      ...{ Field_Key__c: "name", Field_Label__c: "Event Name", Code__c: "TOO_LONG" },
      Message__c: "The Event's name has 92 characters; a Campaign's name takes 80.",
      Hint__c: "Shorten the name on the Event.",
      ...{ Status__c: "Open", Opened_At__c: now, Seen_At__c: now },
    };
    const path = "/sobjects/Circa_Sync_Issue__c/Issue_Key__c/name-1";
    const { status } = await callRest(salesforce, "integration", "PATCH", path, { body: problem });
    if (status !== 201) throw new Error(`The problem was not written: ${status}.`);
  }, 120_000);
  afterAll(async () => {
    await salesforce.close();
    await browser.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({
      baseURL: salesforce.url,
      viewport: { width: 1280, height: 900 },
    });
    page.setDefaultTimeout(busyMachineMs);
  });
  afterEach(() => page.close());

  test("a problem says what to do, and is tried again on the spot", async () => {
    await page.goto("/lightning/n/Circa_Problems");
    await expectShown(page.getByText("Shorten the name on the Event."));
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Try again: Event Name, Spring Summit" }).click();
    await expectShown(page.getByRole("heading", { name: "Trying again: 1" }));
    await expectShown(page.getByRole("status").getByText("Trying again", { exact: true }));
    await keepScreenshot(page, "salesforce-problems");
    await page.getByRole("link", { name: /^Campaign.*Spring Summit$/ }).click();
    await page.waitForURL(`**/lightning/r/Campaign/${campaignId}/view`);
  });

  test("the set-up page says that no service runs, and what is still to do", async () => {
    await page.goto("/lightning/n/Circa_Setup");
    await expectShown(page.getByText("The sync service is not running"));
    await expectShown(page.getByText("No user has Circa Sync User"));
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, "salesforce-set-up");
  });

  test("the mapping page says that Circa's fields are not loaded yet", async () => {
    await page.goto("/lightning/n/Circa_Mappings");
    await expectShown(page.getByText(/^Circa's fields are not loaded yet/));
    await expectShown(page.getByText(/^The sync service has never reported/));
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test("somebody without the permission set reads which one to ask for", async () => {
    await page.goto("/lightning/n/Circa_Mappings");
    await page.getByLabel("You are").selectOption({ label: "Circa Sync" });
    await page.getByRole("button", { name: "Switch", exact: true }).click();
    await page.goto("/lightning/n/Circa_Mappings");
    await expectShown(page.getByRole("alert").getByText(/Circa Sync Admin/));
  });

  test("components use only what base components have", async () => {
    await buildComponents(salesforce.url, "?debug=1");
    const warnings: string[] = [];
    page.on("console", (message) => {
      const isExpected = message.text().includes("sfdc.co/synthetic-aria");
      if (["warning", "error"].includes(message.type()) && !isExpected) {
        warnings.push(message.text());
      }
    });
    for (const [path, sign] of [
      ["/lightning/n/Circa_Mappings", "Fields found"],
      ["/lightning/n/Circa_Problems", "Problems found"],
      ["/lightning/n/Circa_Setup", "Checklist"],
      [`/lightning/r/Campaign/${campaignId}/view`, "Events found"],
    ] as const) {
      await page.goto(`${path}?debug=1`);
      await expectShown(page.getByText(sign));
    }
    await page.goto("/lightning/n/Circa_Mappings?debug=1");
    await page
      .getByRole("button", { name: /^Edit / })
      .first()
      .click();
    await expectShown(page.getByText("When the value is blank"));
    expect(warnings).toEqual([]);
  });
});
