import { accessibilityProblems } from "testing/accessible";
import {
  answer,
  answerWell,
  buttonOf,
  clickSave,
  open,
  rowOf,
  server,
  useSuggestion,
} from "testing/mapping-page";
import { all, one, settled, textOf } from "testing/show";

beforeEach(answerWell);

describe("overwriting", () => {
  const questions = () => all(document.body, "lightning-modal");
  const question = () => questions()[0];
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
    await openQuestion();
    expect(textOf(question())).toContain("c.Circa_Overwrite_Counting");
    expect(textOf(question())).toContain("c.Circa_Overwrite_At_Most");
    expect(server.save).not.toHaveBeenCalled();
    answer("preview_ready", "r-1", { rows: [{ rowKey: "new:tier", events: 7 }], message: null });
    await settled();
    expect(textOf(question())).toContain("c.Circa_Overwrite_Exactly");
    expect(textOf(question())).not.toContain("c.Circa_Overwrite_Counting");
    one(question(), ".yes").click();
    await settled();
    expect(questions()).toEqual([]);
    expect(server.save).toHaveBeenCalledTimes(1);
  });

  test("says at most how many when the service does not answer", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask"] });
    await openQuestion();
    await jest.advanceTimersByTimeAsync(5_000);
    await settled();
    expect(textOf(question())).not.toContain("c.Circa_Overwrite_Counting");
    expect(textOf(question())).toContain("c.Circa_Overwrite_Not_Counted");
  });

  test("asks by what is known when nobody could be asked to count", async () => {
    server.countOverwritten.mockResolvedValue({ ...overwritten, requestId: null });
    const element = await open();
    await useSuggestion(element, "Tier");
    await clickSave(element);
    expect(textOf(question())).toContain("c.Circa_Overwrite_Not_Counted");
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
    one(question(), ".no").click();
    await settled();
    expect(questions()).toEqual([]);
    expect(server.save).not.toHaveBeenCalled();
    expect(textOf(rowOf(element, "Tier"))).toContain("Tier__c");
    expect(buttonOf(element, "c.Circa_Mapping_Save").disabled).toBe(false);
  });

  test("does the same for Escape", async () => {
    const element = await openQuestion();
    const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true });
    question().dispatchEvent(escape);
    await settled();
    expect(questions()).toEqual([]);
    expect(server.save).not.toHaveBeenCalled();
    expect(textOf(rowOf(element, "Tier"))).toContain("Tier__c");
  });

  test("goes when the page is left", async () => {
    const element = await openQuestion();
    element.remove();
    await settled();
    expect(questions()).toEqual([]);
    expect(server.save).not.toHaveBeenCalled();
  });

  test("is accessible", async () => {
    await openQuestion();
    expect(await accessibilityProblems(document.body)).toEqual([]);
  });
});
