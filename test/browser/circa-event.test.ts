import type { Browser } from "playwright-core";
import {
  customKey,
  firstEvent,
  leaderEmail,
  secondEvent,
  campaignId,
} from "../../emulators/circa/test/workspace.ts";
import { eventually } from "../support/eventually.ts";
import { keepScreenshot, describeInBrowser, openBrowser } from "./chromium.ts";
import { CircaPages, campaignUrl, eventPath } from "./circa-pages.ts";

describeInBrowser("the page of an Event", () => {
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

  test("shows a lock and a disabled input for what Salesforce owns", async () => {
    await pages.page.goto(eventPath);
    const lock = pages.block("location").getByRole("img", {
      name: "Locked: synced from Salesforce, Campaign field Circa_Location__c",
    });
    expect(await lock.isVisible()).toBe(true);
    const location = pages.page.getByRole("textbox", { name: "Location" });
    expect(await location.isDisabled()).toBe(true);
    expect(await location.inputValue()).toBe(firstEvent.location);
    expect(await pages.input(customKey("SELECT")).isDisabled()).toBe(true);
    expect(await pages.input("name").isDisabled()).toBe(false);
    expect(
      await pages
        .block("name")
        .getByRole("img", { name: /^Locked/ })
        .count(),
    ).toBe(0);
    await keepScreenshot(pages.page, "event");
  });

  test("links to the connected Campaign, from the panel and from each lock", async () => {
    await pages.page.goto(eventPath);
    const panel = pages.page.getByRole("complementary").getByRole("link", { name: campaignId });
    expect(await panel.getAttribute("href")).toBe(campaignUrl);
    const beside = pages.block("location").getByRole("link", { name: "Edit on the Campaign" });
    expect(await beside.getAttribute("href")).toBe(campaignUrl);
  });

  test("saves what was edited and says what that was", async () => {
    await pages.page.goto(eventPath);
    await pages.input("name").fill("Southern Cloud Summit");
    await pages.page.getByLabel("Two tier").check();
    await pages.page.getByLabel("Event Leader").selectOption({ label: "None" });
    await pages.input(customKey("NUMBER")).fill("12.5");
    await pages.input(customKey("DATE")).fill("2027-02-28");
    await pages.input(customKey("TIME")).fill("09:30");
    await pages.page.getByLabel("A CHECKBOX field").check();
    await pages.input(customKey("LONG_TEXT")).fill("first\n\nthird");
    await pages.input(customKey("PERSON")).selectOption(leaderEmail);
    await pages.save();
    const saved = pages.page.getByRole("status").filter({ hasText: "Saved" });
    expect(await saved.innerText()).toContain("Saved: Event Name, Event Leader, A LONG_TEXT field");
    expect(await pages.readEvent()).toMatchObject({
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
    await keepScreenshot(pages.page, "event-saved");
  });

  test("saving without an edit changes nothing, whatever the values look like", async () => {
    const odd = { [customKey("LONG_TEXT")]: "\nfirst\r\nlast ", [customKey("NUMBER")]: 1e21 };
    await pages.workspace.control("/force", { event_id: firstEvent.id, raw: odd });
    const before = await pages.readEvent();
    await pages.page.goto(eventPath);
    await pages.save();
    expect(await pages.page.getByText("Nothing was changed.").isVisible()).toBe(true);
    expect(await pages.readEvent()).toEqual(before);
  });

  test("says beside the field why it is refused, and loses nothing that was typed", async () => {
    await pages.page.goto(eventPath);
    await pages.input("name").fill("");
    await pages.input("website").fill("not an address");
    await pages.input(customKey("PHONE")).fill("call me");
    await pages.input("time_zone").selectOption("Asia/Kathmandu");
    await pages.save();
    expect(await pages.alert().innerText()).toContain("Nothing is saved yet");
    expect(await pages.block("name").innerText()).toMatch(/must not be blank/i);
    expect(await pages.block("website").innerText()).toContain("Must be a web address");
    expect(await pages.input("website").getAttribute("aria-invalid")).toBe("true");
    expect(await pages.input("website").inputValue()).toBe("not an address");
    expect(await pages.input(customKey("PHONE")).inputValue()).toBe("call me");
    expect(await pages.input("time_zone").inputValue()).toBe("Asia/Kathmandu");
    expect(await pages.page.title()).toContain("Not saved");
    await keepScreenshot(pages.page, "event-refused");
    expect(await pages.readEvent()).toMatchObject({ name: firstEvent.name, version: 2 });

    await pages
      .alert()
      .getByRole("link", { name: /Website/ })
      .click();
    expect(await pages.page.locator("#field-website:focus").count()).toBe(1);
    await pages.input("name").fill("Renamed");
    await pages.input("website").fill("https://example.com/");
    await pages.input(customKey("PHONE")).fill("+64 9 123");
    await pages.save();
    expect(await pages.readEvent()).toMatchObject({ name: "Renamed", time_zone: "Asia/Kathmandu" });
  });

  test("refuses a field that was locked while somebody was typing, and repeats their words", async () => {
    await pages.page.goto(eventPath);
    await pages.input("website").fill("https://example.com/mine");
    await pages.sync("website", "from_salesforce", "Circa_Website__c");
    await pages.save();
    expect(await pages.block("website").innerText()).toContain("https://example.com/mine");
    expect(await pages.input("website").isDisabled()).toBe(true);
    expect(await pages.readEvent()).toMatchObject({ website: firstEvent.website });
  });

  test("keeps two people's edits of different fields, and asks when it is the same field", async () => {
    await pages.page.goto(eventPath);
    await pages.input("website").fill("https://example.com/mine");
    await pages.workspace.person("PATCH", eventPath, {
      body: { website: "https://example.com/theirs", status: "SKIPPING" },
    });
    await pages.save();
    expect(await pages.block("website").innerText()).toContain("https://example.com/theirs");
    expect(await pages.input("website").inputValue()).toBe("https://example.com/mine");
    await pages.save();
    expect(await pages.readEvent()).toMatchObject({
      website: "https://example.com/mine",
      status: "SKIPPING",
    });
  });

  test("says in words how its sync is doing", async () => {
    const state = () => pages.page.locator("#sync-state").innerText();
    await pages.page.goto(eventPath);
    expect(await state()).toContain("Waiting for first sync");
    await pages.report({ state: "in_sync", synced_at: new Date().toISOString() });
    await pages.page.reload();
    expect(await state()).toMatch(/In sync[^]*Last synced just now/);
    await pages.report({
      state: "attention",
      synced_at: "2026-03-01T10:00:00Z",
      problems: [
        { field: "name", message: "Longer than 80 characters.", hint: "Shorten the name." },
        { field: null, message: "The Campaign is locked.", hint: null },
      ],
    });
    await pages.page.reload();
    expect(await state()).toMatch(/Needs attention[^]*Event Name[^]*Shorten[^]*Campaign is locked/);
    expect(await pages.block("name").innerText()).toMatch(
      /Not in Salesforce yet[^]*Longer than 80/,
    );
    await keepScreenshot(pages.page, "event-attention");
  });

  test("connects to a Campaign by its link, refuses a taken one, disconnects", async () => {
    await pages.page.goto(`/events/${secondEvent.id}`);
    const campaign = pages.page.getByLabel("Campaign Id or link");
    await campaign.fill("005000000000001");
    await pages.page.getByRole("button", { name: "Connect" }).click();
    expect(await pages.alert().innerText()).toContain("That is no Id of a Campaign");
    await campaign.fill(campaignUrl);
    await pages.page.getByRole("button", { name: "Connect" }).click();
    expect(await pages.page.locator("#campaign-refusal").innerText()).toContain(firstEvent.name);
    expect(await campaign.inputValue()).toBe(campaignUrl);
    await keepScreenshot(pages.page, "campaign-refused");

    await pages.page.goto(eventPath);
    await pages.page.getByRole("button", { name: "Disconnect" }).click();
    expect(await pages.page.getByText("The Campaign is disconnected").isVisible()).toBe(true);
    await pages.page.goto(`/events/${secondEvent.id}`);
    await campaign.fill(campaignUrl);
    await pages.page.getByRole("button", { name: "Connect" }).click();
    const { body } = await pages.workspace.person("GET", `/events/${secondEvent.id}`);
    expect(body["salesforce_campaign_id"]).toBe(campaignId);
  });

  test("follows what comes from Salesforce, without touching what is being typed", async () => {
    await pages.page.goto(eventPath);
    await pages.input("website").fill("https://example.com/unsaved");
    await pages.workspace.integration("PATCH", eventPath, {
      body: { location: "Wellington", website: "https://example.com/theirs" },
    });
    await eventually(
      "the page shows the Campaign's new place",
      async () => (await pages.input("location").inputValue()) === "Wellington",
    );
    expect(await pages.input("website").inputValue()).toBe("https://example.com/unsaved");
    expect(await pages.page.locator("#live-news").innerText()).toContain("Location");
  });

  test("is created and deleted here", async () => {
    await pages.page.goto("/events");
    await pages.page.getByRole("link", { name: "New Event" }).click();
    await pages.page.getByRole("button", { name: "Create Event" }).click();
    expect(await pages.block("name").innerText()).toMatch(/must not be blank/i);
    await pages.input("name").fill("Lisbon <Meetup> & more");
    await pages.page.getByRole("button", { name: "Create Event" }).click();
    expect(await pages.page.getByRole("heading", { level: 1 }).innerText()).toBe(
      "Lisbon <Meetup> & more",
    );
    await pages.page.getByText("Delete this Event").click();
    await pages.page.getByRole("button", { name: "Delete for good" }).click();
    expect(await pages.page.getByText("The Event is deleted.").isVisible()).toBe(true);
    expect(await pages.page.getByRole("link", { name: /Lisbon/ }).count()).toBe(0);
  });
});
