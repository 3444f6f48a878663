/** Circa's pages as people meet them, in a real browser against the real emulator. */
import type { Browser, Page } from "playwright-core";
import {
  campaignId,
  customKey,
  firstEvent,
  leaderEmail,
  secondEvent,
  startWorkspace,
  type Workspace,
} from "../emulators/circa/workspace.ts";
import { eventually } from "../support/eventually.ts";
import {
  accessibilityProblems,
  describeInBrowser,
  keepScreenshot,
  openBrowser,
} from "./chromium.ts";

const salesforceUrl = "http://salesforce.invalid";
const campaignUrl = `${salesforceUrl}/lightning/r/Campaign/${campaignId}/view`;
const list = (...values: string[]) => values.map((value) => ({ value, label: `${value} tier` }));

describeInBrowser("Circa's pages", () => {
  let browser: Browser;
  let workspace: Workspace;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    workspace = await startWorkspace({ salesforceUrl });
    await connect(firstEvent.id);
    await sync("location", "from_salesforce", "Circa_Location__c");
    await sync("name", "to_salesforce", "Name");
    await sync(customKey("SELECT"), "from_salesforce", "Event_Tier__c", list("Gold", "Silver"));
    await sync(customKey("MULTISELECT"), "to_salesforce", "Products__c", list("One", "Two"));
    page = await browser.newPage({ baseURL: workspace.circa.url });
    page.setDefaultTimeout(10_000);
  });
  afterEach(async () => {
    await page.close();
    await workspace.circa.close();
  });

  const eventPath = `/events/${firstEvent.id}`;
  const connect = (eventId: string) =>
    workspace.integration("PUT", `/events/${eventId}/salesforce_campaign`, {
      body: { campaign_id: campaignId },
    });
  const sync = (key: string, direction: string, campaignField: string, options: unknown = null) =>
    workspace.integration("PUT", `/fields/${key}/crm_sync`, {
      body: { provider: "salesforce", direction, campaign_field: campaignField, options },
    });
  const report = (body: unknown) =>
    workspace.integration("PUT", `${eventPath}/crm_sync_status`, { body });
  const readEvent = async () => (await workspace.person("GET", eventPath)).body;
  const block = (key: string) => page.locator(`#block-${key}`);
  const input = (key: string) => page.locator(`#field-${key}`);
  const save = () => page.getByRole("button", { name: "Save changes" }).click();
  const alert = () => page.getByRole("alert");

  describe("an Event", () => {
    test("shows a lock and a disabled input for what Salesforce owns", async () => {
      await page.goto(eventPath);
      const lock = block("location").getByRole("img", {
        name: "Locked: synced from Salesforce, Campaign field Circa_Location__c",
      });
      expect(await lock.isVisible()).toBe(true);
      const location = page.getByRole("textbox", { name: "Location" });
      expect(await location.isDisabled()).toBe(true);
      expect(await location.inputValue()).toBe(firstEvent.location);
      expect(await input(customKey("SELECT")).isDisabled()).toBe(true);
      expect(await input("name").isDisabled()).toBe(false);
      expect(
        await block("name")
          .getByRole("img", { name: /^Locked/ })
          .count(),
      ).toBe(0);
      await keepScreenshot(page, "event");
    });

    test("links to the connected Campaign, from the panel and from each lock", async () => {
      await page.goto(eventPath);
      const panel = page.getByRole("complementary").getByRole("link", { name: campaignId });
      expect(await panel.getAttribute("href")).toBe(campaignUrl);
      const beside = block("location").getByRole("link", { name: "Edit on the Campaign" });
      expect(await beside.getAttribute("href")).toBe(campaignUrl);
    });

    test("saves what was edited and says what that was", async () => {
      await page.goto(eventPath);
      await input("name").fill("Southern Cloud Summit");
      await page.getByLabel("Two tier").check();
      await page.getByLabel("Event Leader").selectOption({ label: "None" });
      await input(customKey("NUMBER")).fill("12.5");
      await input(customKey("DATE")).fill("2027-02-28");
      await input(customKey("TIME")).fill("09:30");
      await page.getByLabel("A CHECKBOX field").check();
      await input(customKey("LONG_TEXT")).fill("first\n\nthird");
      await input(customKey("PERSON")).selectOption(leaderEmail);
      await save();
      const saved = page.getByRole("status").filter({ hasText: "Saved" });
      expect(await saved.innerText()).toContain(
        "Saved: Event Name, Event Leader, A LONG_TEXT field",
      );
      expect(await readEvent()).toMatchObject({
        name: "Southern Cloud Summit",
        location: firstEvent.location,
        leader: null,
        version: 3,
        custom_fields: {
          [customKey("MULTISELECT")]: ["Two"],
          [customKey("NUMBER")]: 12.5,
          [customKey("DATE")]: "2027-02-28",
          [customKey("TIME")]: "09:30",
          [customKey("CHECKBOX")]: true,
          [customKey("LONG_TEXT")]: "first\n\nthird",
          [customKey("PERSON")]: { email: leaderEmail },
          [customKey("TEXT")]: "K-118",
        },
      });
      await keepScreenshot(page, "event-saved");
    });

    test("saving without an edit changes nothing, whatever the values look like", async () => {
      const odd = { [customKey("LONG_TEXT")]: "\nfirst\r\nlast ", [customKey("NUMBER")]: 1e21 };
      await workspace.control("/force", { event_id: firstEvent.id, raw: odd });
      const before = await readEvent();
      await page.goto(eventPath);
      await save();
      expect(await page.getByText("Nothing was changed.").isVisible()).toBe(true);
      expect(await readEvent()).toEqual(before);
    });

    test("says beside the field why it is refused, and loses nothing that was typed", async () => {
      await page.goto(eventPath);
      await input("name").fill("");
      await input("website").fill("not an address");
      await input(customKey("PHONE")).fill("call me");
      await input("time_zone").selectOption("Asia/Kathmandu");
      await save();
      expect(await alert().innerText()).toContain("Nothing is saved yet");
      expect(await block("name").innerText()).toMatch(/must not be blank/i);
      expect(await block("website").innerText()).toContain("Must be a web address");
      expect(await input("website").getAttribute("aria-invalid")).toBe("true");
      expect(await input("website").inputValue()).toBe("not an address");
      expect(await input(customKey("PHONE")).inputValue()).toBe("call me");
      expect(await input("time_zone").inputValue()).toBe("Asia/Kathmandu");
      expect(await page.title()).toContain("Not saved");
      await keepScreenshot(page, "event-refused");
      expect(await readEvent()).toMatchObject({ name: firstEvent.name, version: 2 });

      await alert()
        .getByRole("link", { name: /Website/ })
        .click();
      expect(await page.locator("#field-website:focus").count()).toBe(1);
      await input("name").fill("Renamed");
      await input("website").fill("https://example.com/");
      await input(customKey("PHONE")).fill("+64 9 123");
      await save();
      expect(await readEvent()).toMatchObject({ name: "Renamed", time_zone: "Asia/Kathmandu" });
    });

    test("refuses a field that was locked while somebody was typing, and repeats their words", async () => {
      await page.goto(eventPath);
      await input("website").fill("https://example.com/mine");
      await sync("website", "from_salesforce", "Circa_Website__c");
      await save();
      expect(await block("website").innerText()).toContain("https://example.com/mine");
      expect(await input("website").isDisabled()).toBe(true);
      expect(await readEvent()).toMatchObject({ website: firstEvent.website });
    });

    test("keeps two people's edits of different fields, and asks when it is the same field", async () => {
      await page.goto(eventPath);
      await input("website").fill("https://example.com/mine");
      await workspace.person("PATCH", eventPath, {
        body: { website: "https://example.com/theirs", status: "SKIPPING" },
      });
      await save();
      expect(await block("website").innerText()).toContain("https://example.com/theirs");
      expect(await input("website").inputValue()).toBe("https://example.com/mine");
      await save();
      expect(await readEvent()).toMatchObject({
        website: "https://example.com/mine",
        status: "SKIPPING",
      });
    });

    test("says in words how its sync is doing", async () => {
      const state = () => page.locator("#sync-state").innerText();
      await page.goto(eventPath);
      expect(await state()).toContain("Waiting for first sync");
      await report({ state: "in_sync", synced_at: new Date().toISOString() });
      await page.reload();
      expect(await state()).toMatch(/In sync[^]*Last synced just now/);
      await report({
        state: "attention",
        synced_at: "2026-03-01T10:00:00Z",
        problems: [
          { field: "name", message: "Longer than 80 characters.", hint: "Shorten the name." },
          { field: null, message: "The Campaign is locked.", hint: null },
        ],
      });
      await page.reload();
      expect(await state()).toMatch(
        /Needs attention[^]*Event Name[^]*Shorten[^]*Campaign is locked/,
      );
      expect(await block("name").innerText()).toMatch(/Not in Salesforce yet[^]*Longer than 80/);
      await keepScreenshot(page, "event-attention");
    });

    test("connects to a Campaign by its link, refuses a taken one, disconnects", async () => {
      await page.goto(`/events/${secondEvent.id}`);
      const campaign = page.getByLabel("Campaign Id or link");
      await campaign.fill("005000000000001");
      await page.getByRole("button", { name: "Connect" }).click();
      expect(await alert().innerText()).toContain("That is no Id of a Campaign");
      await campaign.fill(campaignUrl);
      await page.getByRole("button", { name: "Connect" }).click();
      expect(await page.locator("#campaign-refusal").innerText()).toContain(firstEvent.name);
      expect(await campaign.inputValue()).toBe(campaignUrl);
      await keepScreenshot(page, "campaign-refused");

      await page.goto(eventPath);
      await page.getByRole("button", { name: "Disconnect" }).click();
      expect(await page.getByText("The Campaign is disconnected").isVisible()).toBe(true);
      await page.goto(`/events/${secondEvent.id}`);
      await campaign.fill(campaignUrl);
      await page.getByRole("button", { name: "Connect" }).click();
      const { body } = await workspace.person("GET", `/events/${secondEvent.id}`);
      expect(body["salesforce_campaign_id"]).toBe(campaignId);
    });

    test("follows what comes from Salesforce, without touching what is being typed", async () => {
      await page.goto(eventPath);
      await input("website").fill("https://example.com/unsaved");
      await workspace.integration("PATCH", eventPath, {
        body: { location: "Wellington", website: "https://example.com/theirs" },
      });
      await eventually(
        "the page shows the Campaign's new place",
        async () => (await input("location").inputValue()) === "Wellington",
      );
      expect(await input("website").inputValue()).toBe("https://example.com/unsaved");
      expect(await page.locator("#live-news").innerText()).toContain("Location");
    });

    test("is created and deleted here", async () => {
      await page.goto("/events");
      await page.getByRole("link", { name: "New Event" }).click();
      await page.getByRole("button", { name: "Create Event" }).click();
      expect(await block("name").innerText()).toMatch(/must not be blank/i);
      await input("name").fill("Lisbon <Meetup> & more");
      await page.getByRole("button", { name: "Create Event" }).click();
      expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(
        "Lisbon <Meetup> & more",
      );
      await page.getByText("Delete this Event").click();
      await page.getByRole("button", { name: "Delete for good" }).click();
      expect(await page.getByText("The Event is deleted.").isVisible()).toBe(true);
      expect(await page.getByRole("link", { name: /Lisbon/ }).count()).toBe(0);
    });
  });

  describe("the list of Events", () => {
    test("shows name, dates, status, team, Campaign and sync state", async () => {
      await page.goto("/");
      const row = page.getByRole("row", { name: /Southern Cloud Expo/ });
      expect(await row.innerText()).toMatch(
        /Auckland[^]*16 – 18 Mar 2027[^]*Committed[^]*Field Marketing EMEA[^]*Open[^]*Waiting/,
      );
      expect(await page.getByRole("row", { name: /Bay Area/ }).innerText()).toContain(
        "Not connected",
      );
      await keepScreenshot(page, "events");
    });

    test("is filtered by name, status and sync state", async () => {
      await page.goto("/events");
      await page.getByLabel("Name or place").fill("auck");
      await page.getByLabel("Salesforce").selectOption({ label: "Waiting for first sync" });
      await page.getByRole("button", { name: "Filter" }).click();
      expect(await page.locator("tbody tr").count()).toBe(1);
      await page.getByLabel("Status").selectOption({ label: "Skipping" });
      await page.getByRole("button", { name: "Filter" }).click();
      expect(await page.getByText("No Event matches.").isVisible()).toBe(true);
    });
  });

  describe("Settings > Event Info", () => {
    const row = (key: string) => page.locator(`#row-${key}`);

    test("shows direction and Campaign field, and a lock on each value from Salesforce", async () => {
      await page.goto("/settings/event-info");
      expect(await row("location").innerText()).toMatch(/From Salesforce[^]*Circa_Location__c/);
      expect(await row("name").innerText()).toMatch(/To Salesforce[^]*Name/);
      for (const key of [customKey("SELECT"), customKey("MULTISELECT")]) {
        const locks = row(key).getByRole("img", { name: "Locked: value from Salesforce" });
        expect(await locks.count()).toBe(2);
        expect(await row(key).getByText("Edit values").count()).toBe(0);
      }
      expect(await row(customKey("SELECT")).innerText()).toContain("Gold tier");
      await keepScreenshot(page, "settings-event-info");
    });

    test("edits a list that is Circa's own, and says why it can't be saved", async () => {
      await page.goto("/settings/event-info");
      await row("roles").getByText("Edit values").click();
      const values = page.getByLabel("Values of Our Role, one a line");
      await values.fill("Host\nHost");
      await page.getByRole("button", { name: "Save values" }).click();
      expect(await alert().innerText()).toContain("is there twice");
      expect(await values.inputValue()).toBe("Host\nHost");
      await values.fill("Host\n\n Co-Host ");
      await page.getByRole("button", { name: "Save values" }).click();
      expect(await page.getByText("Saved: values of Our Role.").isVisible()).toBe(true);
      const { body } = await workspace.person("GET", "/fields");
      expect(body.data.find((field) => field["field_name"] === "roles")?.["options"]).toEqual([
        "Host",
        "Co-Host",
      ]);
    });

    test("refuses a list that was locked in the meantime", async () => {
      await page.goto("/settings/event-info");
      await row("roles").getByText("Edit values").click();
      await page.getByLabel("Values of Our Role, one a line").fill("Mine");
      await sync("roles", "to_salesforce", "Circa_Roles__c", list("Theirs"));
      await page.getByRole("button", { name: "Save values" }).click();
      expect(await row("roles").innerText()).toContain("Theirs tier");
      expect(await alert().innerText()).toContain("come from Salesforce");
    });

    test("adds and deletes custom fields", async () => {
      await page.goto("/settings/event-info");
      await page.getByText("Add a custom field").click();
      await page.getByLabel("Name", { exact: true }).fill("Badge Colour");
      await page.getByLabel("Type", { exact: true }).selectOption("SELECT");
      await page.getByLabel(/Values, one a line/).fill("Red\nBlue");
      await page.getByRole("button", { name: "Add field" }).click();
      const added = page.getByRole("row", { name: /Badge Colour/ });
      expect(await added.innerText()).toMatch(/Single choice[^]*Red[^]*Blue/);
      await added.getByRole("img", { name: "Delete Badge Colour" }).click();
      await added.getByRole("button", { name: "Delete field" }).click();
      expect(await page.getByText("The field is deleted.").isVisible()).toBe(true);
    });
  });

  test("Settings > Webhooks shows endpoints and how the last deliveries went", async () => {
    await workspace.integration("POST", "/webhooks", {
      body: { url: `${workspace.circa.url}/nowhere`, types: ["event.updated"] },
    });
    await workspace.person("PATCH", eventPath, { body: { name: "Renamed" } });
    await page.goto("/settings/webhooks");
    expect(await page.locator("#endpoint-list").innerText()).toContain("/nowhere");
    await eventually("the first attempt shows", async () =>
      (await page.locator("#delivery-list").innerText()).includes("answered 404"),
    );
    expect(await page.locator("#delivery-list").innerText()).toMatch(/Renamed[^]*Trying/);
    await page.getByRole("button", { name: "Send again event.updated of Renamed" }).click();
    expect(await page.getByText("The delivery is on its way again.").isVisible()).toBe(true);
    await keepScreenshot(page, "settings-webhooks");
  });

  test("everything can be reached with the keyboard", async () => {
    await page.goto(eventPath);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Skip to content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Events");
    expect(await page.locator("main :focus").count()).toBe(1);
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
    await workspace.integration("POST", "/webhooks", {
      body: { url: "http://127.0.0.1:1/", types: ["event.updated"] },
    });
    await workspace.person("PATCH", eventPath, { body: { name: "Renamed" } });
    await report({ state: "attention", problems: [{ field: "name", message: "Too long." }] });
    await page.goto(path);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test("axe finds nothing wrong with refusals", async () => {
    await page.goto(eventPath);
    await input("name").fill("");
    await page.getByLabel("Two tier").check();
    await save();
    expect(await alert().count()).toBe(1);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
