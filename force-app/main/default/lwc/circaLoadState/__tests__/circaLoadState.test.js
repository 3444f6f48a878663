import CircaLoadState from "c/circaLoadState";
import { accessibilityProblems } from "testing/accessible";
import { all, one, show } from "testing/show";

const open = (given) =>
  show("c-circa-load-state", CircaLoadState, { loadingText: "Loading…", ...given });
const count = (element, selector) => all(element.shadowRoot, selector).length;
const failed = { messages: ["No right.", "No connection."] };

test("says that it loads until there is something to show", () => {
  expect(one(open({}), "lightning-spinner").alternativeText).toBe("Loading…");
  expect(count(open({ loaded: true }), "*")).toBe(0);
});

test("says everything that failed, and offers to try again", () => {
  const element = open(failed);
  const tries = [];
  element.addEventListener("tryagain", () => tries.push("again"));
  const notices = all(element.shadowRoot, "c-circa-notice");
  expect(notices.map(({ variant, message }) => [variant, message])).toEqual([
    ["error", "No right."],
    ["error", "No connection."],
  ]);
  expect(count(element, "lightning-spinner")).toBe(0);
  one(element, "lightning-button").click();
  expect(tries).toEqual(["again"]);
});

test("what fails later on a screen is said, and the screen stays as it is", () => {
  const element = open({ ...failed, loaded: true });
  expect(count(element, "c-circa-notice")).toBe(2);
  expect(count(element, "lightning-button")).toBe(0);
});

test.each([{}, failed])("is accessible with %j", async (given) => {
  expect(await accessibilityProblems(open(given))).toEqual([]);
});
