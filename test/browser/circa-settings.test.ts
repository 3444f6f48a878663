import type { Browser } from "playwright-core";
import { customKey } from "../../emulators/circa/test/workspace.ts";
import { eventually } from "../support/eventually.ts";
import { keepScreenshot, describeInBrowser, openBrowser } from "./chromium.ts";
import { CircaPages, eventPath, options } from "./circa-pages.ts";

describeInBrowser("Circa's settings", () => {
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

  describe("Settings > Event Info", () => {
    test("shows direction and Campaign field, and a lock on each value from Salesforce", async () => {
      await pages.page.goto("/settings/event-info");
      expect(await pages.row("location").innerText()).toMatch(
        /From Salesforce[^]*Circa_Location__c/,
      );
      expect(await pages.row("name").innerText()).toMatch(/To Salesforce[^]*Name/);
      for (const key of [customKey("SELECT"), customKey("MULTISELECT")]) {
        const locks = pages.row(key).getByRole("img", { name: "Locked: value from Salesforce" });
        expect(await locks.count()).toBe(2);
        expect(await pages.row(key).getByText("Edit values").count()).toBe(0);
      }
      expect(await pages.row(customKey("SELECT")).innerText()).toContain("Gold tier");
      await keepScreenshot(pages.page, "settings-event-info");
    });

    test("edits a list that is Circa's own, and says why it can't be saved", async () => {
      await pages.page.goto("/settings/event-info");
      await pages.row("roles").getByText("Edit values").click();
      const values = pages.page.getByLabel("Values of Our Role, one a line");
      await values.fill("Host\nHost");
      await pages.page.getByRole("button", { name: "Save values" }).click();
      expect(await pages.alert().innerText()).toContain("is there twice");
      expect(await values.inputValue()).toBe("Host\nHost");
      await values.fill("Host\n\n Co-Host ");
      await pages.page.getByRole("button", { name: "Save values" }).click();
      expect(await pages.page.getByText("Saved: values of Our Role.").isVisible()).toBe(true);
      const { body } = await pages.workspace.person("GET", "/fields");
      expect(body.data.find((field) => field["field_name"] === "roles")?.["options"]).toEqual([
        "Host",
        "Co-Host",
      ]);
    });

    test("refuses a list that was locked in the meantime", async () => {
      await pages.page.goto("/settings/event-info");
      await pages.row("roles").getByText("Edit values").click();
      await pages.page.getByLabel("Values of Our Role, one a line").fill("Mine");
      await pages.sync("roles", "to_salesforce", "Circa_Roles__c", options("Theirs"));
      await pages.page.getByRole("button", { name: "Save values" }).click();
      expect(await pages.row("roles").innerText()).toContain("Theirs tier");
      expect(await pages.alert().innerText()).toContain("come from Salesforce");
    });

    test("adds and deletes custom fields", async () => {
      await pages.page.goto("/settings/event-info");
      await pages.page.getByText("Add a custom field").click();
      await pages.page.getByLabel("Name", { exact: true }).fill("Badge Colour");
      await pages.page.getByLabel("Type", { exact: true }).selectOption("SELECT");
      await pages.page.getByLabel(/Values, one a line/).fill("Red\nBlue");
      await pages.page.getByRole("button", { name: "Add field" }).click();
      const added = pages.page.getByRole("row", { name: /Badge Colour/ });
      expect(await added.innerText()).toMatch(/Single choice[^]*Red[^]*Blue/);
      await added.getByRole("img", { name: "Delete Badge Colour" }).click();
      await added.getByRole("button", { name: "Delete field" }).click();
      expect(await pages.page.getByText("The field is deleted.").isVisible()).toBe(true);
    });
  });

  test("Settings > Webhooks shows endpoints and how the last deliveries went", async () => {
    await pages.workspace.integration("POST", "/webhooks", {
      body: { url: `${pages.workspace.circa.url}/nowhere`, types: ["event.updated"] },
    });
    await pages.workspace.person("PATCH", eventPath, { body: { name: "Renamed" } });
    await pages.page.goto("/settings/webhooks");
    expect(await pages.page.locator("#endpoint-list").innerText()).toContain("/nowhere");
    await eventually("the first attempt shows", async () =>
      (await pages.page.locator("#delivery-list").innerText()).includes("answered 404"),
    );
    expect(await pages.page.locator("#delivery-list").innerText()).toMatch(/Renamed[^]*Trying/);
    await pages.page.getByRole("button", { name: "Send again event.updated of Renamed" }).click();
    expect(await pages.page.getByText("The delivery is on its way again.").isVisible()).toBe(true);
    await keepScreenshot(pages.page, "settings-webhooks");
  });
});
