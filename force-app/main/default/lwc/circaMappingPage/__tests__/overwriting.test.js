import { accessibilityProblems } from "testing/accessible";
import {
  answer,
  answerWell,
  clickSave,
  open,
  rowOf,
  server,
  useSuggestion,
} from "testing/mapping-page";
import { one, settled, textOf } from "testing/show";

beforeEach(answerWell);

describe("overwriting", () => {
  const question = (element) => one(element, "c-circa-overwrite-question");
  const overwritten = {
    requestId: "r-1",
    linkedCampaigns: 20,
    rows: [{ rowKey: "new:tier", reason: "picklist", atMost: 20 }],
  };

  async function openQuestion() {
    server.countOverwritten.mockResolvedValue(overwritten);
    const element = await open();
    await useSuggestion(element, "Tier");
    await clickSave(element);
    return element;
  }

  test("asks first, with the number that the service has counted", async () => {
    const element = await openQuestion();
    expect(question(element).counting).toBe(true);
    expect(server.save).not.toHaveBeenCalled();
    answer("preview_ready", "r-1", { rows: [{ rowKey: "new:tier", events: 7 }], message: null });
    await settled();
    expect(question(element).rows).toEqual([
      expect.objectContaining({ label: "Tier", events: 7, atMost: 20 }),
    ]);
    one(question(element), ".yes").click();
    await settled();
    expect(server.save).toHaveBeenCalledTimes(1);
  });

  test("says at most how many when the service does not answer", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask"] });
    const element = await openQuestion();
    await jest.advanceTimersByTimeAsync(5_000);
    await settled();
    expect(question(element).counting).toBe(false);
    expect(textOf(question(element))).toContain("c.Circa_Overwrite_Not_Counted");
  });

  test("asks by what is known when nobody could be asked to count", async () => {
    server.countOverwritten.mockResolvedValue({ ...overwritten, requestId: null });
    const element = await open();
    await useSuggestion(element, "Tier");
    await clickSave(element);
    expect(question(element).counting).toBe(false);
    expect(server.save).not.toHaveBeenCalled();
  });

  test("saves at once where no Event can be overwritten", async () => {
    const rows = [{ rowKey: "new:tier", reason: "picklist", atMost: 0 }];
    server.countOverwritten.mockResolvedValue({ requestId: null, linkedCampaigns: 0, rows });
    const element = await open();
    await useSuggestion(element, "Tier");
    await clickSave(element);
    expect(server.save).toHaveBeenCalledTimes(1);
  });

  test("goes back without saving, and loses nothing", async () => {
    const element = await openQuestion();
    one(question(element), "[data-first]").click();
    await settled();
    expect(server.save).not.toHaveBeenCalled();
    expect(textOf(rowOf(element, "Tier"))).toContain("Tier__c");
  });

  test("is accessible", async () => {
    const element = await openQuestion();
    expect(await accessibilityProblems(element)).toEqual([]);
  });
});
