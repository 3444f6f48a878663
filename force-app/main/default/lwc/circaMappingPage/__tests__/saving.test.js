import {
  answer,
  answerWell,
  buttonOf,
  clickSave,
  failuresOf,
  jobId,
  open,
  rowOf,
  server,
  useSuggestion,
} from "testing/mapping-page";
import { aMapping, aMappingPage } from "testing/mappings";
import { one, settled, textOf } from "testing/show";

beforeEach(answerWell);

describe("saving", () => {
  test("deploys what changed, and only says so when the deployment has ended", async () => {
    const element = await open();
    const toasts = [];
    element.addEventListener("lightning__showtoast", ({ detail }) => toasts.push(detail));
    await useSuggestion(element, "End date");
    await clickSave(element);
    expect(server.save).toHaveBeenCalledWith({
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
    expect(server.loadPage).toHaveBeenCalledTimes(2);
  });

  test("says that the page is read again, and lets nobody edit meanwhile", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    await clickSave(element);
    server.loadPage.mockReturnValue(new Promise(() => {}));
    answer("deployment_ended", jobId, { jobId, state: "succeeded", message: null, rows: [] });
    await settled();
    expect(textOf(element)).toContain("c.Circa_Mapping_Loading");
    expect(rowOf(element, "End date").disabled).toBe(true);
  });

  test("learns by asking where no event comes, and says when it takes long", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    jest.useFakeTimers();
    await clickSave(element);
    await jest.advanceTimersByTimeAsync(11_000);
    expect(textOf(element)).toContain("c.Circa_Mapping_Deploying_Long");
    server.deploymentStatus.mockResolvedValue({
      jobId,
      state: "succeeded",
      message: null,
      rows: [],
    });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(server.loadPage).toHaveBeenCalledTimes(2);
  });

  test("shows all errors at once, each beside its row, and keeps what was chosen", async () => {
    const element = await open();
    await useSuggestion(element, "End date");
    await useSuggestion(element, "Location");
    server.validate.mockImplementation(({ rows }) =>
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
    expect(server.save).not.toHaveBeenCalled();
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
    server.save.mockRejectedValueOnce({ body: { message: "Disconnected." } });
    await clickSave(element);
    expect(failuresOf(element)).toEqual(["Disconnected."]);
    expect(textOf(rowOf(element, "End date"))).toContain("EndDate");
    expect(buttonOf(element, "c.Circa_Mapping_Save").disabled).toBe(false);
  });
});

describe("another tab of the app, and back", () => {
  const leave = (element) => element.remove();

  test("brings back what was not saved, and says so", async () => {
    const first = await open();
    await useSuggestion(first, "End date");
    leave(first);
    const element = await open();
    expect(textOf(rowOf(element, "End date"))).toContain("EndDate");
    expect(server.save).not.toHaveBeenCalled();
    buttonOf(element, "c.Circa_Mapping_Discard").click();
    await settled();
    leave(element);
    expect(textOf(rowOf(await open(), "End date"))).not.toContain("EndDate");
  });

  test("leaves a row as it is now that somebody has changed meanwhile", async () => {
    const stored = (version, active) => aMappingPage({ mappings: [aMapping({ version, active })] });
    const first = await open(stored("1", false));
    one(rowOf(first, "Start date"), "button.edit").click();
    await settled();
    one(rowOf(first, "Start date"), "c-circa-field-picker").dispatchEvent(
      new CustomEvent("fieldchosen", { detail: { name: "EndDate" } }),
    );
    await settled();
    leave(first);
    const element = await open(stored("2", false));
    expect(buttonOf(element, "c.Circa_Mapping_Save").disabled).toBe(true);
  });
});
