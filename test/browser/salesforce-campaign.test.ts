import type { Browser, Page } from "playwright-core";
import type { SalesforceEmulator } from "../../emulators/salesforce/index.ts";
import { startFixtureOrg } from "../../emulators/salesforce/test/support/salesforce-org.ts";
import { accessibilityProblems, describeInBrowser, openBrowser } from "./chromium.ts";

describeInBrowser("the pages of a Campaign in Salesforce", () => {
  let browser: Browser;
  let page: Page;
  let emulator: SalesforceEmulator;
  let id: string;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    emulator = await startFixtureOrg();
    const campaign = {
      Name: "Spring Summit",
      Tier__c: "Gold",
      Topics__c: "Cloud;Data",
      Notes__c: "\none\ntwo",
      Doors__c: "09:30",
      Starts_At__c: "2026-03-01T08:00:00Z",
      Staffed__c: true,
    };
    id = emulator.seed({ campaigns: [campaign] }).campaigns[0]!;
    page = await browser.newPage({ baseURL: emulator.url });
  });
  afterEach(async () => {
    await page.close();
    await emulator.close();
  });

  test("a person finds a Campaign in the list, edits it, and changes nothing else", async () => {
    const before = emulator.org.store.get("Campaign", id)!;
    await page.goto("/");
    await page.getByRole("link", { name: "Spring Summit" }).click();
    await page.getByRole("link", { name: "Edit this Campaign" }).click();
    await page.getByLabel("Start Date").fill("2026-05-04");
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(`**/lightning/r/Campaign/${id}/view`);
    expect(await page.locator('[data-field="StartDate"]').innerText()).toBe("2026-05-04");
    const audit = { StartDate: null, LastModifiedDate: null, SystemModstamp: null };
    expect({ ...emulator.org.store.get("Campaign", id), ...audit }).toEqual({
      ...before,
      ...audit,
    });
  });

  test("a refused value is said in words, and nothing is saved", async () => {
    await page.goto(`/lightning/r/Campaign/${id}/edit`);
    await page.getByLabel("Contact Email").fill("nobody");
    await page.getByRole("button", { name: "Save" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("invalid email address: nobody");
    expect(emulator.org.store.get("Campaign", id)?.Contact_Email__c ?? null).toBeNull();
  });

  test.each(["/", "/view", "/edit"])(
    "nothing stands in the way of assistive tools: %s",
    async (part) => {
      await page.goto(part === "/" ? part : `/lightning/r/Campaign/${id}${part}`);
      expect(await accessibilityProblems(page)).toEqual([]);
    },
  );
});
