import { accessibilityProblems } from "testing/accessible";
import {
  answerWell,
  buttonOf,
  clickSave,
  failuresOf,
  open,
  rowOf,
  rowsOf,
  server,
  start,
} from "testing/mapping-page";
import { aCampaignField, aCircaField, aMapping, aMappingPage } from "testing/mappings";
import { one, settled, textOf } from "testing/show";

beforeEach(answerWell);

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
    server.loadPage.mockRejectedValueOnce({ body: { message: "Ask for Circa Sync Admin." } });
    const element = await start();
    expect(failuresOf(element)).toEqual(["Ask for Circa Sync Admin."]);
    server.loadPage.mockResolvedValue(aMappingPage());
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

describe("bulk actions", () => {
  async function choose(element, ...actions) {
    for (const action of actions) {
      one(element, "c-circa-mapping-bulk").dispatchEvent(
        new CustomEvent("bulkchosen", { detail: { action } }),
      );
      await settled();
    }
  }

  const saved = () => server.save.mock.calls[0][0].rows;

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

describe("the standard mappings", () => {
  const location = aCampaignField({ name: "Circa_Location__c", label: "Place", kind: "string" });
  const fresh = (given = {}) =>
    aMappingPage({
      campaignFields: [aCampaignField(), aCampaignField({ name: "EndDate" }), location],
      mappings: [],
      ...given,
    });

  test("are filled in, switched off, and saved when the admin saves", async () => {
    const element = await open(fresh());
    buttonOf(element, "c.Circa_Mapping_Standard").click();
    await settled();
    expect(buttonOf(element, "c.Circa_Mapping_Standard")).toBeUndefined();
    expect(server.save).not.toHaveBeenCalled();
    await clickSave(element);
    const [{ rows }] = server.save.mock.calls.at(-1);
    expect(rows.map((row) => [row.circaFieldKey, row.campaignField, row.active])).toEqual([
      ["start_date", "StartDate", false],
      ["end_date", "EndDate", false],
      ["location", "Circa_Location__c", false],
    ]);
    expect(new Set(rows.map(({ direction }) => direction))).toEqual(new Set(["To_Salesforce"]));
  });

  test("leave alone what is mapped or chosen, and fields that another row has", async () => {
    const mapped = aMapping({ rowKey: "Tier", circaFieldKey: "tier", campaignField: "EndDate" });
    const element = await open(fresh({ mappings: [aMapping({ active: false }), mapped] }));
    buttonOf(element, "c.Circa_Mapping_Standard").click();
    await settled();
    await clickSave(element);
    const [{ rows }] = server.save.mock.calls.at(-1);
    expect(rows.map(({ circaFieldKey }) => circaFieldKey)).toEqual(["location"]);
  });

  test("find an installed package's fields under its namespace", async () => {
    const field = aCampaignField({ name: "circa__Circa_Location__c", kind: "string" });
    const element = await open(fresh({ campaignFields: [field] }));
    buttonOf(element, "c.Circa_Mapping_Standard").click();
    await settled();
    await clickSave(element);
    const [{ rows }] = server.save.mock.calls.at(-1);
    expect(rows.map(({ campaignField }) => campaignField)).toEqual(["circa__Circa_Location__c"]);
  });

  test("are not offered where none would be filled in", async () => {
    const element = await open(fresh({ campaignFields: [] }));
    expect(buttonOf(element, "c.Circa_Mapping_Standard")).toBeUndefined();
  });
});
