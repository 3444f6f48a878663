/** The process's end: in order, in time, and without a loss, whatever hangs. */
import {
  buildMiddleware,
  startMiddleware,
  type MiddlewareProcess,
} from "../../scripts/support/middleware-process.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let child: MiddlewareProcess;
let eventId: string;
let campaignId: string;

beforeAll(buildMiddleware);
beforeEach(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  const [event] = await marketer(sync).events();
  eventId = String(event!["id"]);
  campaignId = String(event!["salesforce_campaign_id"]);
  await sync.stopMiddleware();
  child = await startMiddleware({ env: sync.environment() });
  // No answer ever comes: neither to the write nor to what else is asked meanwhile.
  await salesforceAdmin(sync).setFaults({ name: "hangBefore", method: "PATCH" });
  await marketer(sync).edit(eventId, { location: "in the middle" });
  await eventually("the write is under way", async () => {
    return (await salesforceAdmin(sync).faultsLeft()) === 0;
  });
});
afterEach(async () => {
  await child.stop();
  await sync.close();
});

const kill = (signal: NodeJS.Signals) => process.kill(child.pid, signal);
const expectArrival = () =>
  eventuallyHolds("the Campaign has the location", async () => {
    const campaign = await campaignManager(sync).campaign(campaignId);
    expect(campaign["Circa_Location__c"]).toBe("in the middle");
  });

test("SIGTERM while a call hangs: it ends in time with exit code 0, and the next start goes on", async () => {
  await salesforceAdmin(sync).setFaults({ name: "hangBefore", method: "GET", times: 10 });
  kill("SIGTERM");
  expect(await child.ended).toBe("exit code 0");
  const log = child.logTail().join("\n");
  expect(log).toContain("claims on their links are released");
  expect(log).toContain("stopped");
  await salesforceAdmin(sync).clearFaults();
  await sync.startMiddleware();
  await expectArrival();
});

test("a second signal ends it at once; nothing is lost by that either", async () => {
  kill("SIGINT");
  await eventually("it is stopping", () =>
    child.logTail().some((line) => line.includes("stopping")),
  );
  kill("SIGTERM");
  expect(await child.ended).toBe("exit code 1");
  await sync.startMiddleware();
  await expectArrival();
});
