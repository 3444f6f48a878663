import CircaPaging from "c/circaPaging";
import { accessibilityProblems } from "testing/accessible";
import { all, show } from "testing/show";

function open(first, total) {
  const element = show("c-circa-paging", CircaPaging, { first, size: 50, total });
  const turnedTo = [];
  element.addEventListener("pageturned", ({ detail }) => turnedTo.push(detail.first));
  return { element, turnedTo };
}

const buttonsOf = (element) => all(element.shadowRoot, "lightning-button");

test("shows nothing for a list that fits on one page", () => {
  expect(buttonsOf(open(0, 50).element)).toEqual([]);
});

test.each([
  ["first", 0, [true, false]],
  ["middle", 50, [false, false]],
  ["last", 100, [false, true]],
])("turns only where there is a page, on the %s one", (_name, first, disabled) => {
  const { element } = open(first, 101);
  expect(buttonsOf(element).map((button) => button.disabled)).toEqual(disabled);
});

test("tells where the page before and the page after begin", () => {
  const { element, turnedTo } = open(50, 101);
  for (const button of buttonsOf(element)) button.click();
  expect(turnedTo).toEqual([0, 100]);
});

test("is accessible", async () => {
  expect(await accessibilityProblems(open(0, 51).element)).toEqual([]);
});
