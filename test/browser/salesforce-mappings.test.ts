import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import {
  accessibilityProblems,
  describeInBrowser,
  keepScreenshot,
  openBrowser,
} from "./chromium.ts";
import { expectShown, SalesforceScreens } from "./salesforce-screens.ts";

describeInBrowser("the mapping page in Salesforce", () => {
  let browser: Browser;
  let screens: SalesforceScreens;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    screens = await SalesforceScreens.open(browser);
    // Nothing that a mapping of the seed names, so that there is something to map.
    await salesforceAdmin(screens.sync).setMapping("Location_to_Campaign_Circa_Location", {
      Is_Active__c: false,
    });
  }, 120_000);
  afterAll(async () => {
    await screens.close();
    await browser.close();
  });
  beforeEach(async () => {
    page = await screens.mappingPage();
  });
  afterEach(() => page.close());

  const row = (label: string) =>
    page.locator("c-circa-mapping-row").filter({
      has: page.getByRole("heading", { name: label, exact: true }),
    });
  const edit = async (label: string) => {
    await page.getByRole("button", { name: `Edit ${label}`, exact: true }).click();
  };
  const save = () => page.getByRole("button", { name: "Save", exact: true }).click();
  const question = () => page.getByRole("dialog", { name: "Overwrite values in Circa?" });
  const toast = () => page.getByRole("heading", { name: "Mappings saved" });
  const syncOf = async (label: string) =>
    (await screens.circaFields()).find((field) => field.label === label)?.crm_sync ?? null;

  /** Chooses a Campaign field with the keyboard alone. */
  async function choose(words: string): Promise<void> {
    const picker = page.getByRole("combobox", { name: "Campaign field" });
    await picker.fill(words);
    await picker.press("Enter");
  }

  /** Salesforce is to own it: the question comes up. */
  async function turnLocation(): Promise<void> {
    await edit("Location");
    await page.getByText(/^From Salesforce: people edit it/).click();
    await page.getByText("Active", { exact: true }).last().click();
    await save();
    await question()
      .getByText(/^Location: (up to )?\d+ Events/)
      .waitFor();
  }

  test("asks before it overwrites, in a dialog that keeps the focus until Escape closes it", async () => {
    await turnLocation();
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const key of ["Tab", "Tab", "Tab", "Tab", "Shift+Tab"]) {
      await page.keyboard.press(key);
      expect(await question().locator(":focus").count()).toBe(1);
    }
    await page.keyboard.press("Escape");
    await question().waitFor({ state: "detached" });
    expect((await syncOf("Location"))?.direction).not.toBe("from_salesforce");
    await page.getByRole("button", { name: "Discard all changes" }).click();
  });

  test("maps a field, and the lock appears in Circa", async () => {
    await turnLocation();
    await keepScreenshot(page, "salesforce-overwrite-question");
    await question().getByRole("button", { name: "Overwrite and save" }).click();
    await expectShown(toast());
    await eventually(
      "Circa knows that Salesforce owns it",
      async () => (await syncOf("Location"))?.direction === "from_salesforce",
    );
    const { eventId } = screens.linkedCampaign();
    const event = await screens.circaPage(`/events/${eventId}`);
    expect(await event.getByRole("textbox", { name: "Location" }).isDisabled()).toBe(true);
    await event.close();
  });

  test("turns one round, and the lock goes from Circa", async () => {
    await edit("Location");
    await page.getByText(/^To Salesforce: people edit it/).click();
    await save();
    await expectShown(toast());
    await eventually(
      "Circa knows that it owns the field",
      async () => (await syncOf("Location"))?.direction === "to_salesforce",
    );
  });

  test("shows a broken mapping first, in words, and it is repaired by choosing another field", async () => {
    const setup = salesforceAdmin(screens.sync);
    const permissionSet = "Demo_Campaign_Fields";
    await setup.changeFieldPermission({
      ...{ permissionSet, field: "Description", readable: true, editable: true },
    });
    await setup.changeFieldPermission({ field: "Circa_Website__c", readable: false });
    await page.reload();
    const first = page.locator("c-circa-mapping-row").first();
    await first.getByText("Needs attention").waitFor();
    expect(await first.getByRole("heading").innerText()).toBe("Website");
    expect(await first.getByRole("listitem").first().innerText()).toMatch(/permission/i);
    await keepScreenshot(page, "salesforce-mapping-broken");
    await edit("Website");
    await choose("Description");
    await save();
    await expectShown(toast());
    await expectShown(row("Website").getByText("Mapped", { exact: true }));
    await eventually(
      "Circa knows the new Campaign field",
      async () => (await syncOf("Website"))?.campaign_field === "Description",
    );
  });

  test("says of two rows for one Campaign field what is wrong, and keeps what was chosen", async () => {
    await edit("Location");
    await choose("StartDate");
    await choose("Circa_Time_Zone");
    await row("Location")
      .getByText(/also mapped to Time Zone/)
      .waitFor();
    await save();
    await page
      .getByRole("alert")
      .getByText(/^Not saved/)
      .waitFor();
    await expectShown(row("Location").getByText("Needs attention"));
    expect(await row("Location").innerText()).toContain("Circa_Time_Zone__c");
    await page.getByRole("button", { name: "Discard all changes" }).click();
    await expectShown(row("Location").getByText("Mapped", { exact: true }));
  });

  test("shows Salesforce's own reason beside the row when the deployment is refused", async () => {
    const message = "You reached the limit of custom metadata.";
    await salesforceAdmin(screens.sync).setFaults({
      name: "rejectRow",
      object: "Circa_Field_Mapping__mdt",
      message,
    });
    await edit("Booth Number");
    await page.getByText("Leave the other side as it is").click();
    await save();
    await expectShown(row("Booth Number").getByText(`Salesforce says: ${message}`));
    await save();
    await expectShown(toast());
  });

  test("is worked with the keyboard alone", async () => {
    await page.getByRole("searchbox", { name: "Search fields" }).focus();
    await page.keyboard.type("lead goal");
    await page.getByText("Fields found: 1 of").waitFor();
    const focused = page.locator(":focus");
    const editButton = page.getByRole("button", { name: "Edit Lead Goal" });
    await eventually("the row's button has the focus", async () => {
      await page.keyboard.press("Tab");
      return (await editButton.and(focused).count()) === 1;
    });
    await page.keyboard.press("Enter");
    const picker = page.getByRole("combobox", { name: "Campaign field" });
    expect(await picker.and(focused).count()).toBe(1);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    expect(await picker.count()).toBe(0);
  });

  test("nothing stands in the way of assistive tools", async () => {
    await edit("Event Tier");
    await page.getByRole("combobox", { name: "Campaign field" }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, "salesforce-mappings");
  });

  test("speaks German to who speaks German", async () => {
    await page.goto("/lightning/n/Circa_Mappings?language=de");
    await expectShown(page.getByRole("heading", { name: "Feldzuordnungen" }));
  });
});
