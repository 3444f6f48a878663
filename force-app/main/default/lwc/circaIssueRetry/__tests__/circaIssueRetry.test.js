import retry from "@salesforce/apex/CircaIssueController.retry";
import CircaIssueRetry from "c/circaIssueRetry";
import { accessibilityProblems } from "testing/accessible";
import { show } from "testing/show";

jest.mock(
  "@salesforce/apex/CircaIssueController.retry",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);

function open() {
  const element = show("c-circa-issue-retry", CircaIssueRetry, { recordId: "a03000000000001AAA" });
  const toasts = [];
  element.addEventListener("lightning__showtoast", ({ detail }) => toasts.push(detail));
  return { element, toasts };
}

test("asks for another try and says so", async () => {
  retry.mockResolvedValue({ requestId: "r", requested: 1, skipped: 0 });
  const { element, toasts } = open();
  await element.invoke();
  expect(retry).toHaveBeenCalledWith({ issueIds: ["a03000000000001AAA"] });
  expect(toasts).toMatchObject([{ variant: "success" }]);
  expect(await accessibilityProblems(element)).toEqual([]);
});

test("asks once however often it is clicked", async () => {
  retry.mockReset().mockResolvedValue({ requestId: "r", requested: 1, skipped: 0 });
  const { element } = open();
  await Promise.all([element.invoke(), element.invoke()]);
  expect(retry).toHaveBeenCalledTimes(1);
});

test("says when the problem is resolved already", async () => {
  retry.mockResolvedValue({ requestId: "r", requested: 0, skipped: 1 });
  const { element, toasts } = open();
  await element.invoke();
  expect(toasts).toMatchObject([{ variant: "info" }]);
});

test("gives the reason when it is refused", async () => {
  retry.mockRejectedValue({ body: { message: "Ask for the permission set." } });
  const { element, toasts } = open();
  await element.invoke();
  expect(toasts).toMatchObject([{ variant: "error", message: "Ask for the permission set." }]);
});
