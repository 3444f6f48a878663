/** What another system answers to a whole call, through a real proxy before either system. */
import {
  html,
  json,
  plain,
  startAnsweringProxy,
  type AnsweringProxy,
  type ProxyAnswer,
} from "../support/answering-proxy.ts";
import { eventually } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let toSalesforce: AnsweringProxy;
let toCirca: AnsweringProxy;
let link: OneLink;
let expecting: LinkExpectations;
let edits = 0;

// Each waits for a circuit, which takes seconds by itself.
jest.setTimeout(120_000);

beforeAll(async () => {
  sync = await startSync({ links: 3 });
  toSalesforce = await startAnsweringProxy(sync.salesforce.url);
  toCirca = await startAnsweringProxy(sync.circa.url);
  await sync.settled();
  await sync.stopMiddleware();
  await sync.startMiddleware({
    SALESFORCE_LOGIN_URL: toSalesforce.url,
    CIRCA_API_URL: `${toCirca.url}/api/v1`,
  });
  await sync.settled();
  link = await oneLink(sync);
  expecting = expectationsOf(link);
  await expecting.inLine();
}, 180_000);
beforeEach(async () => {
  toSalesforce.answer = () => undefined;
  toCirca.answer = () => undefined;
  await eventually(
    "both systems are called",
    async () => {
      const { systems } = await sync.status();
      return systems.salesforce.state === "closed" && systems.circa.state === "closed";
    },
    40_000,
  );
  await sync.settled();
});
afterAll(async () => {
  await sync.close();
  await toSalesforce.close();
  await toCirca.close();
});

const isCall = (path: string) => path.includes("/services/data/");
const isSignIn = (path: string) => path.includes("/oauth2/token");
const ready = async () => {
  const answer = await fetch(`${new URL(sync.webhookUrl).origin}/health/ready`);
  return {
    status: answer.status,
    ...((await answer.json()) as { parts: Record<string, boolean> }),
  };
};
/** An edit of the Event that goes to the Campaign. */
const edit = async () => {
  edits += 1;
  const location = `hall ${edits}`;
  await link.editEvent({ location });
  return location;
};
const held = (system: "salesforce" | "circa") =>
  eventually(
    `${system} is held`,
    async () => {
      const { systems } = await sync.status();
      return systems[system].state !== "closed" && systems[system];
    },
    40_000,
  );

type Row = readonly [what: string, answer: ProxyAnswer, kind: string, reason: RegExp];

const error = (errorCode: string, message = "No.") => [{ errorCode, message }];
const expired = error("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "The users password has expired");
const nextYears = json(403, error("SOMETHING_OF_NEXT_YEAR"));
const salesforceCalls: Row[] = [
  ["a 503 page", html(503), "retry", /HTTP 503 with a page of HTML/],
  ["a 404 page", html(404), "retry", /HTTP 404 with a page of HTML/],
  ["408 as text", plain(408, "timed out"), "retry", /HTTP 408/],
  [
    "400 as other JSON",
    json(400, { fault: 1 }),
    "retry",
    /HTTP 400 with an answer of another form/,
  ],
  ["an expired password", json(403, expired), "configuration", /expired \(INVALID_OPERATION_WITH_/],
  ["a code of next year", nextYears, "configuration", /SOMETHING_OF_NEXT_YEAR/],
  ["maintenance", json(503, error("ORG_IN_MAINTENANCE")), "retry", /ORG_IN_MAINTENANCE/],
];

test.each(salesforceCalls)("Salesforce, %s: no problem, and it heals", async (...row) => {
  const [, answer, kind, reason] = row;
  toSalesforce.answer = ({ path }) => (isCall(path) ? answer : undefined);
  const location = await edit();
  const circuit = await held("salesforce");
  expect(circuit.kind).toBe(kind);
  expect(circuit.reason).toMatch(reason);
  expect(circuit.reason).not.toMatch(/<|\n/);
  expect(await link.problems()).toEqual([]);
  const { status, parts } = await ready();
  expect(parts["salesforce"]).toBe(kind !== "configuration");
  expect(parts["circa"]).toBe(true);
  expect(status).toBe(kind === "configuration" ? 503 : 200);
  toSalesforce.answer = () => undefined;
  await expecting.campaign({ Circa_Location__c: location });
  expect((await ready()).parts["salesforce"]).toBe(true);
});

const circaErrors = (code: string) => ({ errors: [{ field: null, code, message: "No." }] });
const moved = { status: 301, headers: { location: "https://eu.circa.example/api/v1/events" } };
const circaCalls: Row[] = [
  ["408 with a page", html(408), "retry", /HTTP 408 with a page of HTML/],
  ["422 with a page", html(422), "retry", /HTTP 422 with a page/],
  [
    "a refused key",
    json(401, circaErrors("unauthorized")),
    "configuration",
    /No\. \(unauthorized\)/,
  ],
  ["402", json(402, circaErrors("payment_required")), "configuration", /payment_required/],
  [
    "a redirect for good",
    moved,
    "configuration",
    /sends us on to eu\.circa\.example; CIRCA_API_URL/,
  ],
];

test.each(circaCalls)("Circa, %s: no problem, and it heals", async (...row) => {
  const [, answer, kind, reason] = row;
  toCirca.answer = () => answer;
  edits += 1;
  await link.editCampaign({ Sponsorship_Fee__c: edits });
  const circuit = await held("circa");
  expect(circuit.kind).toBe(kind);
  expect(circuit.reason).toMatch(reason);
  expect(await link.problems()).toEqual([]);
  expect((await ready()).parts["circa"]).toBe(kind !== "configuration");
  toCirca.answer = () => undefined;
  await expecting.event({ "Sponsorship Fee": edits });
});

test.each([
  ["Bad_OAuth_Token as text", plain(403, "Bad_OAuth_Token")],
  ["401 with a page", html(401)],
  ["401 with a code of next year", json(401, error("NEXT_YEARS"))],
])("Salesforce, %s: signs in anew at once", async (_what, answer) => {
  let signIns = 0;
  toSalesforce.answer = ({ path }) => {
    if (isSignIn(path)) signIns += 1;
    return isCall(path) && signIns === 0 ? answer : undefined;
  };
  await expecting.campaign({ Circa_Location__c: await edit() });
  expect(signIns).toBe(1);
  expect(await link.problems()).toEqual([]);
});

const evil = {
  access_token: "00D!x",
  instance_url: "https://evil.example",
  id: "https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA",
};
test.each([
  ["unknown_error", "retry", json(400, { error: "unknown_error" })],
  ["inactive_org", "configuration", json(400, { error: "inactive_org" })],
  ["a foreign address", "configuration", json(200, evil)],
])("the token endpoint, %s: %s", async (_what, kind, answer) => {
  toSalesforce.answer = ({ path }) => {
    if (isSignIn(path)) return answer;
    return isCall(path) ? plain(403, "Bad_OAuth_Token") : undefined;
  };
  const location = await edit();
  const circuit = await held("salesforce");
  expect(circuit.kind).toBe(kind);
  expect((await ready()).parts["salesforce"]).toBe(kind !== "configuration");
  expect(await link.problems()).toEqual([]);
  toSalesforce.answer = () => undefined;
  await expecting.campaign({ Circa_Location__c: location });
});
