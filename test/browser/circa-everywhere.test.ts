import type { Browser } from "playwright-core";
import { secondEvent } from "../../emulators/circa/test/workspace.ts";
import {
  accessibilityProblems,
  keepScreenshot,
  describeInBrowser,
  openBrowser,
} from "./chromium.ts";
import { CircaPages, eventPath } from "./circa-pages.ts";

describeInBrowser("Circa's pages", () => {
  let browser: Browser;
  let pages: CircaPages;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    pages = await CircaPages.open(browser);
  });
  afterEach(() => pages.close());

  describe("the list of Events", () => {
    test("shows name, dates, status, team, Campaign and sync state", async () => {
      await pages.page.goto("/");
      const row = pages.page.getByRole("row", { name: /Southern Cloud Expo/ });
      expect(await row.innerText()).toMatch(
        /Auckland[^]*16 – 18 Mar 2027[^]*Committed[^]*Field Marketing EMEA[^]*Open[^]*Waiting/,
      );
      expect(await pages.page.getByRole("row", { name: /Bay Area/ }).innerText()).toContain(
        "Not connected",
      );
      await keepScreenshot(pages.page, "events");
    });

    test("is filtered by name, status and sync state", async () => {
      await pages.page.goto("/events");
      await pages.page.getByLabel("Name or place").fill("auck");
      await pages.page.getByLabel("Salesforce").selectOption({ label: "Waiting for first sync" });
      await pages.page.getByRole("button", { name: "Filter" }).click();
      expect(await pages.page.locator("tbody tr").count()).toBe(1);
      await pages.page.getByLabel("Status").selectOption({ label: "Skipping" });
      await pages.page.getByRole("button", { name: "Filter" }).click();
      expect(await pages.page.getByText("No Event matches.").isVisible()).toBe(true);
    });
  });

  test("everything can be reached with the keyboard", async () => {
    await pages.page.goto(eventPath);
    await pages.page.keyboard.press("Tab");
    expect(await pages.page.locator(":focus").innerText()).toBe("Skip to content");
    await pages.page.keyboard.press("Enter");
    await pages.page.keyboard.press("Tab");
    expect(await pages.page.locator(":focus").innerText()).toBe("Events");
    expect(await pages.page.locator("main :focus").count()).toBe(1);
  });

  test.each([
    ["the list", "/events"],
    ["an Event", eventPath],
    ["an Event without a Campaign", `/events/${secondEvent.id}`],
    ["a new Event", "/events/new"],
    ["Event Info", "/settings/event-info"],
    ["Webhooks", "/settings/webhooks"],
    ["a page that isn't there", "/events/nothing"],
  ])("axe finds nothing wrong with %s", async (_name, path) => {
    await pages.workspace.integration("POST", "/webhooks", {
      body: { url: "http://127.0.0.1:1/", types: ["event.updated"] },
    });
    await pages.workspace.person("PATCH", eventPath, { body: { name: "Renamed" } });
    await pages.report({ state: "attention", problems: [{ field: "name", message: "Too long." }] });
    await pages.page.goto(path);
    expect(await accessibilityProblems(pages.page)).toEqual([]);
  });

  test("axe would find something wrong", async () => {
    await pages.page.goto("/events");
    await pages.page.evaluate("document.querySelector('#filter-text').id = 'other'");
    expect(await accessibilityProblems(pages.page)).toEqual([expect.stringMatching(/^label/)]);
  });

  test("axe finds nothing wrong with refusals", async () => {
    await pages.page.goto(eventPath);
    await pages.input("name").fill("");
    await pages.page.getByLabel("Two tier").check();
    await pages.save();
    expect(await pages.alert().count()).toBe(1);
    expect(await accessibilityProblems(pages.page)).toEqual([]);
  });
});
