import searchEvents from "@salesforce/apex/CircaCampaignController.searchEvents";
import CircaEventSearch from "c/circaEventSearch";
import { accessibilityProblems } from "testing/accessible";
import { all, settled, show, textOf } from "testing/show";

jest.mock(
  "@salesforce/apex/CircaCampaignController.searchEvents",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);

const anEvent = (name) => ({
  id: name,
  name,
  startDate: null,
  endDate: null,
  status: null,
  location: null,
  url: null,
  connectedCampaignId: null,
  connectedCampaignName: null,
});

function type(element, name, value) {
  const input = all(element.shadowRoot, "lightning-input").find((each) => each.name === name);
  input.dispatchEvent(new CustomEvent("change", { detail: { value } }));
}

async function open() {
  searchEvents.mockResolvedValue([anEvent("Expo")]);
  const element = show("c-circa-event-search", CircaEventSearch);
  await settled();
  return element;
}

test("looks once for what was typed in one go", async () => {
  const element = await open();
  jest.useFakeTimers();
  type(element, "term", "sum");
  type(element, "term", "summit");
  type(element, "from", "2026-03-01");
  await jest.advanceTimersByTimeAsync(300);
  expect(searchEvents).toHaveBeenCalledTimes(2);
  expect(searchEvents).toHaveBeenLastCalledWith({
    term: "summit",
    fromDate: "2026-03-01",
    toDate: null,
  });
});

test("a slow answer to older words does not replace a newer one", async () => {
  const element = await open();
  jest.useFakeTimers();
  let answerOld;
  searchEvents.mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        answerOld = resolve;
      }),
  );
  type(element, "term", "old");
  await jest.advanceTimersByTimeAsync(300);
  searchEvents.mockResolvedValue([anEvent("New")]);
  type(element, "term", "new");
  await jest.advanceTimersByTimeAsync(300);
  answerOld([anEvent("Old")]);
  await jest.advanceTimersByTimeAsync(1);
  expect(textOf(element)).toContain("New");
  expect(textOf(element)).not.toContain("Old");
});

test.each([
  ["one day", { startDate: "2026-03-01", endDate: "2026-03-01" }, ["2026-03-01"]],
  ["days", { startDate: "2026-03-01", endDate: "2026-03-03" }, ["2026-03-01", "2026-03-03"]],
  ["an end alone", { endDate: "2026-03-03" }, ["2026-03-03"]],
  ["no date", {}, []],
])("shows an Event of %s, shifted by no time zone", async (_what, dates, shown) => {
  searchEvents.mockResolvedValue([{ ...anEvent("Expo"), ...dates }]);
  const element = show("c-circa-event-search", CircaEventSearch);
  await settled();
  const times = all(element.shadowRoot, "lightning-formatted-date-time");
  expect(times.map(({ value }) => value)).toEqual(shown);
  expect(times.map(({ timeZone }) => timeZone)).toEqual(shown.map(() => "UTC"));
});

test("says so when nothing fits", async () => {
  const element = await open();
  jest.useFakeTimers();
  searchEvents.mockResolvedValue([]);
  type(element, "term", "zzz");
  await jest.advanceTimersByTimeAsync(300);
  expect(textOf(element)).toContain("c.Circa_Connect_None");
});

test("is accessible", async () => {
  expect(await accessibilityProblems(await open())).toEqual([]);
});
