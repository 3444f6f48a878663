import getIssues from "@salesforce/apex/CircaIssueController.getIssues";
import retry from "@salesforce/apex/CircaIssueController.retry";
import CircaIssueList from "c/circaIssueList";
import { accessibilityProblems } from "testing/accessible";
import { all, one, settled, show, textOf } from "testing/show";

jest.mock(
  "@salesforce/apex/CircaIssueController.getIssues",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaIssueController.retry",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);

function anIssue(id, given = {}) {
  return {
    id,
    name: "P-1",
    status: "Open",
    campaignId: "701000000000001AAA",
    campaignName: `Campaign ${id}`,
    eventId: "RXZlbnQtMQ",
    eventName: "Summit",
    eventUrl: "https://circa.example/events/1",
    fieldKey: "name",
    fieldLabel: "Name",
    code: "TOO_LONG",
    message: "The name is longer than 80 characters.",
    advice: "Shorten it on the Event.",
    openedAt: "2026-11-23T21:00:00.000Z",
    seenAt: "2026-11-23T21:00:00.000Z",
    resolvedAt: null,
    retryRequestedAt: null,
    ...given,
  };
}

const aPage = (...issues) => ({ total: issues.length, openCount: issues.length, issues });

async function open(page = aPage(anIssue("one"), anIssue("two"))) {
  getIssues.mockResolvedValue(page);
  retry.mockImplementation(({ issueIds }) =>
    Promise.resolve({ requestId: "r", requested: issueIds.length, skipped: 0 }),
  );
  const element = show("c-circa-issue-list", CircaIssueList);
  await settled();
  return element;
}

const cardsOf = (element) => all(element.shadowRoot, "c-circa-issue-card");
const buttonOf = (element, label) =>
  all(element.shadowRoot, "lightning-button").find((button) => button.label === label);

test("says what is wrong, what to do, and where", async () => {
  const element = await open();
  expect(getIssues).toHaveBeenCalledWith({ status: "Open", search: "", pageSize: 50, after: null });
  expect(textOf(cardsOf(element)[0])).toMatch(/Name.*longer than 80.*Shorten it/);
  const links = all(cardsOf(element)[0].shadowRoot, "a").map((link) => link.getAttribute("href"));
  expect(links).toEqual([
    "/lightning/r/Campaign/701000000000001AAA/view",
    "https://circa.example/events/1",
  ]);
});

test.each([
  ["a click goes there within Lightning", {}, true],
  ["with a key held the browser opens it elsewhere", { ctrlKey: true }, false],
])("the Campaign's link: %s", async (_what, keys, isTaken) => {
  const element = await open();
  const click = new MouseEvent("click", { bubbles: true, cancelable: true, ...keys });
  all(cardsOf(element)[0].shadowRoot, "a")[0].dispatchEvent(click);
  expect(click.defaultPrevented).toBe(isTaken);
});

test("tries one again, and shows that it is being tried", async () => {
  const element = await open();
  const toasts = [];
  element.addEventListener("lightning__showtoast", ({ detail }) => toasts.push(detail.variant));
  getIssues.mockResolvedValue(
    aPage(anIssue("one", { retryRequestedAt: "2026-11-23T22:00:00.000Z" }), anIssue("two")),
  );
  one(cardsOf(element)[0], "button").click();
  await settled();
  expect(retry).toHaveBeenCalledWith({ issueIds: ["one"] });
  expect(toasts).toEqual(["info"]);
  expect(textOf(cardsOf(element)[0])).toContain("c.Circa_Issues_Trying");
});

test("tries many again, and follows until the service has tried them", async () => {
  const element = await open();
  buttonOf(element, "c.Circa_Issues_Select_All").click();
  await settled();
  jest.useFakeTimers();
  const asked = { retryRequestedAt: "2026-11-23T22:00:00.000Z" };
  getIssues.mockResolvedValue(aPage(anIssue("one", asked), anIssue("two", asked)));
  buttonOf(element, "c.Circa_Issues_Retry_Selected").click();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(retry).toHaveBeenCalledWith({ issueIds: ["one", "two"] });
  getIssues.mockResolvedValue(aPage());
  await jest.advanceTimersByTimeAsync(1_000);
  expect(textOf(element)).toContain("c.Circa_Issues_None");
});

test("shows fifty at a time, and the rest by turning the page", async () => {
  const element = await open({ ...aPage(anIssue("one")), total: 51, next: "1 a0X" });
  buttonOf(element, "c.Circa_Common_Next").click();
  await settled();
  expect(getIssues).toHaveBeenLastCalledWith(expect.objectContaining({ after: "1 a0X" }));
  expect(buttonOf(element, "c.Circa_Common_Next").disabled).toBe(true);
  buttonOf(element, "c.Circa_Common_Previous").click();
  await settled();
  expect(getIssues).toHaveBeenLastCalledWith(expect.objectContaining({ after: null }));
});

test("goes back a page when all of this one are solved", async () => {
  const element = await open({ ...aPage(anIssue("one")), total: 51, next: "1 a0X" });
  getIssues.mockImplementation(({ after }) =>
    Promise.resolve(after == null ? aPage(anIssue("one")) : { ...aPage(), total: 50 }),
  );
  buttonOf(element, "c.Circa_Common_Next").click();
  await settled();
  expect(cardsOf(element)).toHaveLength(1);
  expect(getIssues).toHaveBeenLastCalledWith(expect.objectContaining({ after: null }));
});

test("says why it can't be loaded, and a way to try again", async () => {
  getIssues.mockRejectedValueOnce({ body: { message: "Ask for Circa Sync User." } });
  const element = show("c-circa-issue-list", CircaIssueList);
  await settled();
  expect(one(element, "c-circa-notice").message).toBe("Ask for Circa Sync User.");
  getIssues.mockResolvedValue(aPage(anIssue("one")));
  buttonOf(element, "c.Circa_Common_Try_Again").click();
  await settled();
  expect(cardsOf(element)).toHaveLength(1);
});

test("a solved problem can't be tried again", async () => {
  const solved = { status: "Resolved", resolvedAt: "2026-11-23T22:00:00.000Z" };
  const element = await open(aPage(anIssue("one", solved)));
  expect(all(cardsOf(element)[0].shadowRoot, "button, input")).toEqual([]);
});

test("says why a retry is refused, and keeps the selection", async () => {
  const element = await open();
  retry.mockRejectedValue({ body: { message: "Ask for Circa Sync Admin." } });
  buttonOf(element, "c.Circa_Issues_Select_All").click();
  await settled();
  buttonOf(element, "c.Circa_Issues_Retry_Selected").click();
  await settled();
  expect(one(element, "c-circa-notice").message).toBe("Ask for Circa Sync Admin.");
  expect(buttonOf(element, "c.Circa_Issues_Retry_Selected").disabled).toBe(false);
});

test("is accessible, with and without problems", async () => {
  expect(await accessibilityProblems(await open())).toEqual([]);
  document.body.replaceChildren();
  expect(await accessibilityProblems(await open(aPage()))).toEqual([]);
});
