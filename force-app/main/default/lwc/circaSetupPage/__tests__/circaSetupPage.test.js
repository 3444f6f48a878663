import askService from "@salesforce/apex/CircaSetupController.askService";
import getState from "@salesforce/apex/CircaSetupController.getState";
import setDigest from "@salesforce/apex/CircaSetupController.setDigest";
import setWatching from "@salesforce/apex/CircaSetupController.setWatching";
import CircaSetupPage from "c/circaSetupPage";
import { accessibilityProblems } from "testing/accessible";
import { all, one, settled, show, textOf } from "testing/show";

jest.mock(
  "@salesforce/apex/CircaSetupController.getState",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaSetupController.setDigest",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaSetupController.setWatching",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);
jest.mock(
  "@salesforce/apex/CircaSetupController.askService",
  () => jest.requireActual("testing/apex").apexMethod(),
  { virtual: true },
);

const silent = {
  alive: false,
  heartbeatAt: null,
  staleAfterMinutes: 15,
  version: null,
  streamState: null,
  streamSince: null,
  lastEventAt: null,
  circaIntake: null,
  lastSweepAt: null,
  lastSweepMissed: null,
  links: null,
  backlogDue: null,
  backlogLater: null,
  openProblems: null,
  apiUsed: null,
  apiLimit: null,
  url: null,
};

const alive = {
  ...silent,
  alive: true,
  heartbeatAt: "2026-11-23T21:40:00.000Z",
  version: "0.1.0",
  streamState: "subscribed",
  streamSince: "2026-11-23T20:00:00.000Z",
  circaIntake: "webhooks",
  links: 20,
  backlogDue: 0,
  backlogLater: 0,
  openProblems: 0,
  apiUsed: 120,
  apiLimit: 15000,
  url: "https://sync.example",
};

function aState(given = {}) {
  return {
    service: alive,
    findings: [
      {
        code: "NO_USER",
        severity: "warning",
        title: "No user has Circa Sync User",
        fix: "Assign it to users who work with Campaigns.",
        source: "org",
        link: "/lightning/setup/PermSets/home",
      },
      {
        code: "OK",
        severity: "ok",
        title: "All mappings work",
        fix: null,
        source: "org",
        link: null,
      },
    ],
    permissionSets: [
      {
        name: "Circa_Sync_Admin",
        label: "Circa Sync Admin",
        users: 1,
        advice: "For admins.",
        link: "/0PS1",
      },
    ],
    mappings: { active: 3, broken: 0 },
    watching: false,
    digest: false,
    ...given,
  };
}

async function open(state = aState()) {
  getState.mockResolvedValue(state);
  askService.mockResolvedValue("r-1");
  const element = show("c-circa-setup-page", CircaSetupPage);
  await settled();
  return element;
}

const askButton = (element) =>
  all(element.shadowRoot, "lightning-button").find(({ label }) => label === "c.Circa_Setup_Ask");

test("shows how the service is", async () => {
  const element = await open();
  expect(textOf(element)).toContain("c.Circa_Setup_Alive");
  expect(textOf(one(element, "c-circa-service-facts"))).toMatch(/webhooks.*20.*0\.1\.0/);
});

test("shows what is to be done with its fix, and what is done", async () => {
  const element = await open();
  const list = one(element, "c-circa-checklist");
  expect(textOf(list)).toMatch(/No user has Circa Sync User.*Assign it.*All mappings work/);
  const link = one(list, "a");
  expect(link.getAttribute("href")).toBe("/lightning/setup/PermSets/home");
  const click = new MouseEvent("click", { bubbles: true, cancelable: true });
  link.dispatchEvent(click);
  expect(click.defaultPrevented).toBe(true);
});

test("says who needs which permission set", async () => {
  const element = await open();
  expect(textOf(one(element, "c-circa-permission-hints"))).toMatch(/Circa Sync Admin.*For admins/);
});

test("shows a service that has never reported", async () => {
  const element = await open(aState({ service: silent }));
  expect(textOf(element)).toContain("c.Circa_Setup_Silent");
  expect(textOf(one(element, "c-circa-service-facts"))).toContain("c.Circa_Setup_None");
});

test("asks the service as soon as it opens, and says when it has answered", async () => {
  jest.useFakeTimers();
  const element = await open(aState({ service: silent }));
  expect(askService).toHaveBeenCalledTimes(1);
  expect(textOf(element)).toContain("c.Circa_Setup_Asking");
  getState.mockResolvedValue(aState());
  await jest.advanceTimersByTimeAsync(1_000);
  expect(textOf(element)).toContain("c.Circa_Setup_Answered");
  askButton(element).click();
  expect(askService).toHaveBeenCalledTimes(2);
});

test("says so when the service does not answer", async () => {
  jest.useFakeTimers();
  const element = await open(aState({ service: silent }));
  await jest.advanceTimersByTimeAsync(22_000);
  expect(textOf(element)).toContain("c.Circa_Setup_No_Answer");
});

test.each([
  ["watching", setWatching],
  ["digest", setDigest],
])("switches %s on, and shows it as it really is when that is refused", async (name, method) => {
  jest.useFakeTimers();
  const element = await open();
  method.mockRejectedValue({ body: { message: "Too many scheduled jobs." } });
  const input = all(element.shadowRoot, "lightning-input").find((each) => each.name === name);
  input.checked = true;
  input.dispatchEvent(new CustomEvent("change"));
  await settled();
  expect(method).toHaveBeenCalledWith({ isOn: true });
  expect(one(element, "c-circa-notice").message).toBe("Too many scheduled jobs.");
});

test("is accessible, alive and silent", async () => {
  expect(await accessibilityProblems(await open())).toEqual([]);
  document.body.replaceChildren();
  const element = await open(aState({ service: silent }));
  expect(await accessibilityProblems(element)).toEqual([]);
});
