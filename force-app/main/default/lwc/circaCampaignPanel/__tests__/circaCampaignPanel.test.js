import { getRecord } from "lightning/uiRecordApi";
import USER_ID from "@salesforce/user/Id";
import connect from "@salesforce/apex/CircaCampaignController.connect";
import disconnect from "@salesforce/apex/CircaCampaignController.disconnect";
import getPanel from "@salesforce/apex/CircaCampaignController.getPanel";
import searchEvents from "@salesforce/apex/CircaCampaignController.searchEvents";
import syncNow from "@salesforce/apex/CircaCampaignController.syncNow";
import CircaCampaignPanel from "c/circaCampaignPanel";
import { accessibilityProblems } from "testing/accessible";
import { aPanel, aPanelField } from "testing/panels";
import { all, one, settled, show, textOf } from "testing/show";

jest.mock(
  "@salesforce/apex/CircaCampaignController.getPanel",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaCampaignController.connect",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaCampaignController.disconnect",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaCampaignController.syncNow",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaCampaignController.searchEvents",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);

const recordId = "701000000000001AAA";
const notConnected = { event: null, status: null, lastSynced: null, fields: [] };

async function open(panel = aPanel()) {
  getPanel.mockResolvedValue(panel);
  searchEvents.mockResolvedValue([
    {
      id: "RXZlbnQtMQ",
      name: "Spring Summit Lisbon",
      startDate: "2026-03-10",
      endDate: "2026-03-11",
      status: "COMMITTED",
      location: "Lisbon",
      url: null,
      connectedCampaignId: null,
      connectedCampaignName: null,
    },
    {
      id: "RXZlbnQtMg",
      name: "Taken",
      startDate: null,
      endDate: null,
      status: null,
      location: null,
      url: null,
      connectedCampaignId: "701000000000002AAA",
      connectedCampaignName: "Other Campaign",
    },
  ]);
  const element = show("c-circa-campaign-panel", CircaCampaignPanel, { recordId });
  await settled();
  return element;
}

const buttonOf = (element, label) =>
  all(element.shadowRoot, "lightning-button").find((button) => button.label === label);
const noticesOf = (element) =>
  all(element.shadowRoot, "c-circa-notice").map(({ variant, message }) => [variant, message]);

/** The record page shows these values. */
async function showRecord(values, userId = USER_ID) {
  const entries = Object.entries({ ...values, LastModifiedById: userId });
  getRecord.emit({
    apiName: "Campaign",
    id: recordId,
    fields: Object.fromEntries(entries.map(([name, value]) => [name, { value }])),
  });
  await settled();
}

describe("a connected Campaign", () => {
  test("shows its Event with a link, its state, and who owns which field", async () => {
    const element = await open();
    expect(one(element, "a").href).toBe("https://circa.example/events/1");
    expect(textOf(element)).toContain("c.Circa_Panel_In_Sync");
    const icons = all(one(element, "c-circa-panel-fields").shadowRoot, "lightning-icon");
    expect(icons.map(({ iconName, alternativeText }) => [iconName, alternativeText])).toEqual([
      ["utility:lock", "c.Circa_Panel_Owned_By_Circa"],
      ["utility:edit", "c.Circa_Panel_Owned_By_Salesforce"],
    ]);
  });

  test("says each problem in words, with what to do, and since when", async () => {
    const problem = {
      id: "a0X000000000001AAA",
      fieldLabel: "Start date",
      message: "The date is too early.",
      advice: "Choose a later one.",
      openedAt: "2026-11-23T21:00:00.000Z",
      retryRequestedAt: null,
    };
    const fields = [aPanelField({ state: "problem" })];
    const element = await open(aPanel({ status: "Attention", problems: [problem], fields }));
    expect(textOf(element)).toMatch(/Start date.*too early.*Choose a later one/);
    expect(textOf(element)).toContain("c.Circa_Panel_Field_Problem_Since");
  });

  test("says where each of the last changes came from", async () => {
    const change = {
      at: "2026-11-23T21:00:00.000Z",
      fieldLabel: "Start date",
      campaignField: "StartDate",
      direction: "To_Salesforce",
      cause: "webhook",
      actor: "ann@example.com",
      note: null,
      oldValue: "2026-03-09",
      newValue: null,
    };
    const putBack = { ...change, note: "put_back_in_salesforce", actor: null };
    const element = await open(aPanel({ changes: [change, putBack] }));
    const text = textOf(one(element, "c-circa-panel-changes"));
    expect(text).toMatch(/c\.Circa_Cause_Webhook.*c\.Circa_Note_Put_Back_In_Salesforce/);
  });

  test("learns at once that an edit of a field that Circa owns will be reverted", async () => {
    const element = await open();
    await showRecord({ StartDate: "2026-03-10", Tier__c: "Gold" });
    expect(noticesOf(element)).toEqual([]);
    await showRecord({ StartDate: "2026-04-01", Tier__c: "Gold" });
    expect(noticesOf(element)).toEqual([["warning", "c.Circa_Panel_Put_Back"]]);
  });

  test("learns that an edit of a field that Salesforce owns travels", async () => {
    const element = await open();
    await showRecord({ StartDate: "2026-03-10", Tier__c: "Gold" });
    await showRecord({ StartDate: "2026-03-10", Tier__c: "Silver" });
    expect(noticesOf(element)).toEqual([["info", "c.Circa_Panel_Travels"]]);
  });

  test("says nothing of what the sync itself has written", async () => {
    const element = await open();
    await showRecord({ StartDate: "2026-03-10", Tier__c: "Gold" });
    await showRecord({ StartDate: "2026-04-01", Tier__c: "Gold" }, "005000000000009AAA");
    expect(noticesOf(element)).toEqual([]);
  });

  test("syncs now, and shows the result when the service has answered", async () => {
    syncNow.mockResolvedValue({ requestId: "r-1", requestedAt: "2026-11-23T21:41:00.000Z" });
    const element = await open();
    jest.useFakeTimers();
    buttonOf(element, "c.Circa_Panel_Sync_Now").click();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(textOf(element)).toContain("c.Circa_Panel_Syncing");
    getPanel.mockResolvedValue(aPanel({ lastRequestId: "r-1" }));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(textOf(element)).toContain("c.Circa_Panel_Synced");
  });

  test("says so when the service has not answered", async () => {
    syncNow.mockResolvedValue({ requestId: "r-1", requestedAt: "2026-11-23T21:41:00.000Z" });
    const element = await open();
    jest.useFakeTimers();
    buttonOf(element, "c.Circa_Panel_Sync_Now").click();
    await jest.advanceTimersByTimeAsync(22_000);
    expect(textOf(element)).toContain("c.Circa_Panel_No_Answer");
  });

  test("is disconnected only after a question", async () => {
    disconnect.mockResolvedValue(null);
    const element = await open();
    buttonOf(element, "c.Circa_Panel_Disconnect").click();
    await settled();
    expect(disconnect).not.toHaveBeenCalled();
    getPanel.mockResolvedValue(aPanel(notConnected));
    buttonOf(element, "c.Circa_Panel_Disconnect_Yes").click();
    await settled();
    expect(disconnect).toHaveBeenCalledWith({ campaignId: recordId });
    expect(textOf(element)).toContain("c.Circa_Panel_Not_Connected");
  });
});

describe("a Campaign without an Event", () => {
  test("finds Events, and can't choose one that another Campaign has", async () => {
    const element = await open(aPanel(notConnected));
    const search = one(element, "c-circa-event-search");
    expect(textOf(search)).toMatch(/Spring Summit Lisbon.*Lisbon.*COMMITTED.*Taken/);
    expect(all(search.shadowRoot, "button")).toHaveLength(1);
  });

  test("connects, and says so", async () => {
    connect.mockResolvedValue(null);
    const element = await open(aPanel(notConnected));
    const toasts = [];
    element.addEventListener("lightning__showtoast", ({ detail }) => toasts.push(detail.variant));
    getPanel.mockResolvedValue(aPanel());
    one(element, "button[data-id]").click();
    await settled();
    expect(connect).toHaveBeenCalledWith({ campaignId: recordId, eventId: "RXZlbnQtMQ" });
    expect(toasts).toEqual(["success"]);
    expect(one(element, "a").textContent).toContain("Spring Summit Lisbon");
  });

  test("keeps the search when connecting is refused, and says why", async () => {
    connect.mockRejectedValue({ body: { message: "Another Campaign has this Event." } });
    const element = await open(aPanel(notConnected));
    one(element, "button[data-id]").click();
    await settled();
    expect(noticesOf(element)).toEqual([["error", "Another Campaign has this Event."]]);
    expect(all(element.shadowRoot, "c-circa-event-search")).toHaveLength(1);
  });

  test("offers no search to somebody who may not edit", async () => {
    const element = await open(aPanel({ ...notConnected, canEdit: false }));
    expect(all(element.shadowRoot, "c-circa-event-search")).toHaveLength(0);
  });
});

test("says why it can't be loaded, and offers to try again", async () => {
  getPanel.mockRejectedValue({ body: { message: "Ask for Circa Sync User." } });
  const element = show("c-circa-campaign-panel", CircaCampaignPanel, { recordId });
  await settled();
  expect(noticesOf(element)).toEqual([["error", "Ask for Circa Sync User."]]);
  expect(buttonOf(element, "c.Circa_Common_Try_Again")).toBeDefined();
});

test.each([
  ["connected", {}],
  ["not connected", notConnected],
])("is accessible: %s", async (_name, given) => {
  const element = await open(aPanel(given));
  expect(await accessibilityProblems(element)).toEqual([]);
});

describe("a page that moves on to another Campaign", () => {
  const otherId = "701000000000002AAA";

  /** Answers that the test gives when it wants to, by Campaign. */
  function heldAnswers() {
    const given = new Map();
    getPanel.mockImplementation(
      ({ campaignId }) =>
        new Promise((resolve) => {
          given.set(campaignId, resolve);
        }),
    );
    return (campaignId, eventName) =>
      given.get(campaignId)(aPanel({ event: { id: eventName, name: eventName, url: null } }));
  }

  test("shows that one, and drops the late answer about the one before", async () => {
    const element = await open();
    const answer = heldAnswers();
    element.recordId = otherId;
    await settled();
    expect(textOf(element)).not.toContain("Spring Summit");
    element.recordId = recordId;
    await settled();
    element.recordId = otherId;
    await settled();
    answer(otherId, "Other Event");
    answer(recordId, "Late Event");
    await settled();
    expect(textOf(element)).toContain("Other Event");
    expect(textOf(element)).not.toContain("Late Event");
  });

  test.each([
    ["c.Circa_Panel_Sync_Now", syncNow],
    ["c.Circa_Panel_Disconnect", disconnect],
  ])("%s of the one before does nothing to it", async (label, method) => {
    const element = await open();
    const button = buttonOf(element, label);
    heldAnswers();
    element.recordId = otherId;
    button.click();
    await settled();
    for (const confirm of all(element.shadowRoot, "lightning-button")) confirm.click();
    await settled();
    expect(method).not.toHaveBeenCalled();
  });
});

test("an address that is no web address is shown as text", async () => {
  const element = await open(aPanel({ event: { id: "1", name: "Gala", url: "data:text/html,x" } }));
  expect(textOf(element)).toContain("Gala");
  expect(all(element.shadowRoot, "a")).toEqual([]);
});
