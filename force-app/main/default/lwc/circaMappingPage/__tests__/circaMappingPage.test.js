import { subscribe } from "lightning/empApi";
import countOverwritten from "@salesforce/apex/CircaMappingController.countOverwritten";
import deploymentStatus from "@salesforce/apex/CircaMappingController.deploymentStatus";
import loadPage from "@salesforce/apex/CircaMappingController.loadPage";
import save from "@salesforce/apex/CircaMappingController.save";
import validate from "@salesforce/apex/CircaMappingController.validate";
import CircaMappingPage from "c/circaMappingPage";
import { accessibilityProblems } from "testing/accessible";
import { aCircaField, aMapping, aMappingPage } from "testing/mappings";
import { all, one, settled, show, textOf } from "testing/show";

jest.mock(
  "@salesforce/apex/CircaMappingController.loadPage",
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaMappingController.validate",
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaMappingController.save",
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaMappingController.countOverwritten",
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaMappingController.deploymentStatus",
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const jobId = "0Af000000000001AAA";
const fine = (rows) => rows.map(({ rowKey }) => ({ rowKey, errors: [], warnings: [] }));

async function open(page = aMappingPage()) {
  loadPage.mockResolvedValue(page);
  const element = show("c-circa-mapping-page", CircaMappingPage);
  await settled();
  return element;
}

/** Salesforce and the service say something. */
function answer(kind, requestId, body) {
  const [, , onMessage] = subscribe.mock.calls.at(-1);
  onMessage({
    data: {
      payload: { Kind__c: kind, Request_Id__c: requestId, Body__c: JSON.stringify(body) },
    },
  });
}

const rowsOf = (element) => all(element.shadowRoot, "c-circa-mapping-row");
const rowOf = (element, label) => rowsOf(element).find((row) => textOf(row).includes(label));
const buttonOf = (element, label) =>
  all(element.shadowRoot, "lightning-button").find((button) => button.label === label);
const failuresOf = (element) =>
  all(element.shadowRoot, "c-circa-notice")
    .filter(({ variant }) => variant === "error")
    .map(({ message }) => message);

async function useSuggestion(element, label) {
  one(rowOf(element, label), ".use").click();
  await settled();
}

async function clickSave(element) {
  buttonOf(element, "c.Circa_Mapping_Save").click();
  await settled();
}

beforeEach(() => {
  validate.mockImplementation(({ rows }) => Promise.resolve(fine(rows)));
  save.mockImplementation(({ rows }) =>
    Promise.resolve({
      saved: true,
      jobId,
      results: fine(rows).map((result) => ({
        ...result,
        developerName: `Name_of_${result.rowKey}`,
      })),
    }),
  );
  countOverwritten.mockResolvedValue({ requestId: null, linkedCampaigns: 20, rows: [] });
  deploymentStatus.mockResolvedValue({ jobId, state: "running", message: null, rows: [] });
});

describe("what it shows", () => {
  test("every Circa field with its type and section, unmapped ones first", async () => {
    const element = await open();
    const names = rowsOf(element).map((row) => one(row, "h3").textContent);
    expect(names).toEqual(["End date", "Location", "Tier", "Start date"]);
    expect(textOf(rowOf(element, "Location"))).toContain("text · Place");
    expect(textOf(rowOf(element, "Start date"))).toContain("date · StartDate");
  });

  test("what is wrong with a mapping beside its row, first of all", async () => {
    const errors = [{ code: "TYPES_DO_NOT_FIT", field: "campaignField", message: "No fit." }];
    const element = await open(aMappingPage({ mappings: [aMapping({}, { errors })] }));
    expect(textOf(rowsOf(element)[0])).toContain("No fit.");
  });

  test.each([
    ["the catalogue is not there", { catalogue: { loaded: false, fields: [] } }, "No_Catalogue"],
    ["nobody is the integration user", { integrationUsers: 0 }, "No_Integration"],
    ["the service is silent", { service: { alive: false, heartbeatAt: null } }, "Service_Never"],
  ])("a word when %s", async (_when, given, label) => {
    const element = await open(aMappingPage(given));
    expect(textOf(element)).toContain(
      `c.Circa_${label.includes("Service") ? "" : "Mapping_"}${label}`,
    );
  });

  test("why it can't be loaded, and a way to try again", async () => {
    loadPage.mockRejectedValueOnce({ body: { message: "Ask for Circa Sync Admin." } });
    const element = show("c-circa-mapping-page", CircaMappingPage);
    await settled();
    expect(failuresOf(element)).toEqual(["Ask for Circa Sync Admin."]);
    loadPage.mockResolvedValue(aMappingPage());
    buttonOf(element, "c.Circa_Common_Try_Again").click();
    await settled();
    expect(rowsOf(element)).toHaveLength(4);
  });

  test("fifty rows at a time, and the rest by turning the page", async () => {
    const fields = Array.from({ length: 120 }, (_, order) =>
      aCircaField({ key: `f${order}`, label: `Field ${order}`, order }),
    );
    const element = await open(aMappingPage({ catalogue: { loaded: true, fields }, mappings: [] }));
    expect(rowsOf(element)).toHaveLength(50);
    buttonOf(element, "c.Circa_Common_Next").click();
    await settled();
    expect(textOf(rowsOf(element)[0])).toContain("Field 50");
  });

  test("what the search finds", async () => {
    const element = await open();
    const toolbar = one(element, "c-circa-mapping-toolbar");
    toolbar.dispatchEvent(
      new CustomEvent("filterchanged", { detail: { search: "tier", state: "", section: "" } }),
    );
    await settled();
    expect(rowsOf(element).map((row) => one(row, "h3").textContent)).toEqual(["Tier"]);
  });

  test("two rows with one Campaign field, before anything is saved", async () => {
    const element = await open();
    one(rowOf(element, "End date"), "button.edit").click();
    await settled();
    one(rowOf(element, "End date"), "c-circa-field-picker").dispatchEvent(
      new CustomEvent("fieldchosen", { detail: { name: "StartDate" } }),
    );
    await settled();
    expect(textOf(rowOf(element, "End date"))).toContain("c.Circa_Mapping_Shared");
    expect(textOf(rowOf(element, "Start date"))).toContain("c.Circa_Mapping_Shared");
  });
});

describe("saving", () => {
  test("deploys what changed, and only says so when the deployment has ended", async () => {
    const element = await open();
    const toasts = [];
    element.addEventListener("lightning__showtoast", ({ detail }) => toasts.push(detail));
    await useSuggestion(element, "End date");
    await clickSave(element);
    expect(save).toHaveBeenCalledWith({
      rows: [
        expect.objectContaining({
          rowKey: "new:end_date",
          circaFieldKey: "end_date",
          campaignField: "EndDate",
          direction: "To_Salesforce",
        }),
      ],
    });
    expect(textOf(element)).toContain("c.Circa_Mapping_Deploying");
    expect(toasts).toEqual([]);
    answer("deployment_ended", jobId, { jobId, state: "succeeded", message: null, rows: [] });
    await settled();
    expect(toasts).toEqual([expect.objectContaining({ variant: "success" })]);
    expect(loadPage).toHaveBeenCalledTimes(2);
  });

  test("learns by asking where no event comes, and says when it takes long", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    jest.useFakeTimers();
    await clickSave(element);
    await jest.advanceTimersByTimeAsync(11_000);
    expect(textOf(element)).toContain("c.Circa_Mapping_Deploying_Long");
    deploymentStatus.mockResolvedValue({ jobId, state: "succeeded", message: null, rows: [] });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(loadPage).toHaveBeenCalledTimes(2);
  });

  test("shows all errors at once, each beside its row, and keeps what was chosen", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    await useSuggestion(element, "Location");
    validate.mockImplementation(({ rows }) =>
      Promise.resolve(
        rows.map(({ rowKey, campaignField }) => ({
          rowKey,
          errors: [
            { code: "NO_PERMISSION", field: null, message: `No right on ${campaignField}.` },
          ],
          warnings: [],
        })),
      ),
    );
    await clickSave(element);
    expect(save).not.toHaveBeenCalled();
    expect(textOf(rowOf(element, "End date"))).toContain("No right on EndDate.");
    expect(textOf(rowOf(element, "Location"))).toContain("No right on Location__c.");
    expect(failuresOf(element)).toEqual(["c.Circa_Mapping_Invalid"]);
    expect(buttonOf(element, "c.Circa_Mapping_Save").disabled).toBe(false);
  });

  test("shows Salesforce's own reason beside the row that it refused", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    await clickSave(element);
    answer("deployment_ended", jobId, {
      jobId,
      state: "failed",
      message: null,
      rows: [{ developerName: "Name_of_new:end_date", message: "Invalid relationship." }],
    });
    await settled();
    expect(textOf(rowOf(element, "End date"))).toContain("c.Circa_Mapping_Refusal");
    expect(textOf(rowOf(element, "End date"))).toContain("EndDate");
    expect(failuresOf(element)).toEqual(["c.Circa_Mapping_Failed"]);
  });

  test("says a reason that belongs to no row above them all", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    await clickSave(element);
    const message = "You may not deploy.";
    answer("deployment_ended", jobId, { jobId, state: "failed", message, rows: [] });
    await settled();
    expect(failuresOf(element)).toEqual(["c.Circa_Mapping_Failed", message]);
  });

  test("a deployment that times out is said in its own words, and nothing is lost", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    jest.useFakeTimers();
    await clickSave(element);
    await jest.advanceTimersByTimeAsync(10 * 60_000 + 2_000);
    expect(failuresOf(element)).toEqual(["c.Circa_Mapping_Timed_Out"]);
    expect(textOf(rowOf(element, "End date"))).toContain("EndDate");
    expect(buttonOf(element, "c.Circa_Mapping_Save").disabled).toBe(false);
  });

  test("keeps what was chosen when the connection breaks", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    save.mockRejectedValueOnce({ body: { message: "Disconnected." } });
    await clickSave(element);
    expect(failuresOf(element)).toEqual(["Disconnected."]);
    expect(textOf(rowOf(element, "End date"))).toContain("EndDate");
    expect(buttonOf(element, "c.Circa_Mapping_Save").disabled).toBe(false);
  });
});

describe("overwriting", () => {
  const question = (element) => one(element, "c-circa-overwrite-question");
  const overwritten = {
    requestId: "r-1",
    linkedCampaigns: 20,
    rows: [{ rowKey: "new:tier", reason: "picklist", atMost: 20 }],
  };

  async function openQuestion() {
    countOverwritten.mockResolvedValue(overwritten);
    const element = await open();
    await useSuggestion(element, "Tier");
    await clickSave(element);
    return element;
  }

  test("asks first, with the number that the service has counted", async () => {
    const element = await openQuestion();
    expect(question(element).counting).toBe(true);
    expect(save).not.toHaveBeenCalled();
    answer("preview_ready", "r-1", { rows: [{ rowKey: "new:tier", events: 7 }], message: null });
    await settled();
    expect(question(element).rows).toEqual([
      expect.objectContaining({ label: "Tier", events: 7, atMost: 20 }),
    ]);
    one(question(element), ".yes").click();
    await settled();
    expect(save).toHaveBeenCalledTimes(1);
  });

  test("says at most how many when the service does not answer", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask"] });
    const element = await openQuestion();
    await jest.advanceTimersByTimeAsync(5_000);
    await settled();
    expect(question(element).counting).toBe(false);
    expect(textOf(question(element))).toContain("c.Circa_Overwrite_Not_Counted");
  });

  test("goes back without saving, and loses nothing", async () => {
    const element = await openQuestion();
    one(question(element), "[data-first]").click();
    await settled();
    expect(save).not.toHaveBeenCalled();
    expect(textOf(rowOf(element, "Tier"))).toContain("Tier__c");
  });

  test("is accessible", async () => {
    const element = await openQuestion();
    expect(await accessibilityProblems(element)).toEqual([]);
  });
});

describe("bulk actions", () => {
  async function choose(element, ...actions) {
    for (const action of actions) {
      one(element, "c-circa-mapping-bulk").dispatchEvent(
        new CustomEvent("bulkchosen", { detail: { action } }),
      );
      await settled();
    }
  }

  const saved = () => save.mock.calls[0][0].rows;

  test("use all suggestions at once", async () => {
    const element = await open();
    await choose(element, "all", "suggest");
    await clickSave(element);
    expect(saved().map(({ campaignField }) => campaignField)).toEqual([
      "EndDate",
      "Location__c",
      "Tier__c",
    ]);
  });

  test("switch off and turn round only what is mapped", async () => {
    const element = await open();
    await choose(element, "all", "off", "from");
    await clickSave(element);
    expect(saved()).toEqual([
      expect.objectContaining({
        rowKey: "Start_Date",
        active: false,
        direction: "From_Salesforce",
      }),
    ]);
  });

  test("undo what was changed", async () => {
    const element = await open();
    await choose(element, "all", "suggest", "undo");
    expect(buttonOf(element, "c.Circa_Mapping_Save").disabled).toBe(true);
  });
});

test("is accessible, with an open editor and with errors", async () => {
  const errors = [{ code: "TYPES_DO_NOT_FIT", field: "campaignField", message: "No fit." }];
  const element = await open(aMappingPage({ mappings: [aMapping({}, { errors })] }));
  one(rowOf(element, "Start date"), "button.edit").click();
  await settled();
  expect(await accessibilityProblems(element)).toEqual([]);
});
