/**
 * What one edit costs while nothing else happens, in statements, transactions and calls: no machine
 * changes these, so they are a gate. `PRINT_COSTS=1` prints what they are made of.
 */
import { setTimeout as wait } from "node:timers/promises";
import { countCosts, countStatements, type Costs } from "../support/counted-costs.ts";
import { eventually } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

const edits = 10;
/** Two edits a second, as a few people make them. */
const betweenMs = 500;

let sync: RunningSync;
let link: OneLink;
let costs: ReturnType<typeof countCosts>;

beforeAll(async () => {
  const statements = countStatements();
  // Statements are counted at the embedded database's driver.
  sync = await startSync({ links: 3, env: { DATABASE_URL: "" } });
  costs = countCosts(statements, sync);
  await sync.settled();
  link = await oneLink(sync);
  await link.editEvent({ location: "Hall 0" });
  await arrived("Hall 0");
  await quiet();
});
afterAll(async () => {
  costs.stop();
  await sync.close();
});

const arrived = (value: string) =>
  eventually(`${value} is there`, async () => {
    const { Circa_Location__c: location } = await link.campaign();
    return location === value;
  });

/** The start's own work, and the screens, which follow what was written, have ended. */
const quiet = () =>
  eventually(
    "nobody calls anybody",
    async () => {
      costs.read();
      await wait(6_000);
      const { salesforceCalls, circaCalls } = costs.read();
      return salesforceCalls + circaCalls === 0;
    },
    120_000,
  );

/** @returns what each of the edits has cost, beyond what a time without edits costs */
async function perEdit(edit: (nth: number) => Promise<unknown>, last: () => Promise<unknown>) {
  await quiet();
  costs.read();
  await wait(edits * betweenMs);
  const idle = costs.read();
  print("without edits", idle);
  for (let nth = 1; nth <= edits; nth += 1) {
    await edit(nth);
    await wait(betweenMs);
  }
  await last();
  await sync.settled();
  const busy = costs.read();
  print(`with ${edits} edits`, busy);
  const each = (what: keyof Costs) => Math.max(0, busy[what] - idle[what]) / edits;
  return {
    idle,
    statements: each("statements"),
    transactions: each("transactions"),
    looks: each("looks"),
    salesforceCalls: each("salesforceCalls"),
    circaCalls: each("circaCalls"),
  };
}

function print(what: string, counted: Costs) {
  if (process.env["PRINT_COSTS"] === undefined) return;
  process.stdout.write(`${what}: ${JSON.stringify(counted)}\n${costs.details().join("\n")}\n`);
}

test("an edit in Circa", async () => {
  const cost = await perEdit(
    (nth) => link.editEvent({ location: `Hall ${nth}` }),
    () => arrived(`Hall ${edits}`),
  );
  // Five seconds in which nobody edits: a look at the queue and one at the screens now and then.
  expect(cost.idle.statements).toBeLessThanOrEqual(20);
  expect(cost.statements).toBeLessThanOrEqual(35);
  expect(cost.transactions).toBeLessThanOrEqual(5);
  expect(cost.looks).toBeLessThanOrEqual(1.5);
  // One reads, one writes; the screens' rows are gathered.
  expect(cost.salesforceCalls).toBeLessThanOrEqual(3);
  expect(cost.circaCalls).toBeLessThanOrEqual(0.5);
});

test("an edit in Salesforce", async () => {
  const cost = await perEdit(
    (nth) => link.editCampaign({ Sponsorship_Fee__c: 1_000 + nth }),
    () =>
      eventually("the fee is there", async () => {
        return Number(await link.eventValue("Sponsorship Fee")) === 1_000 + edits;
      }),
  );
  expect(cost.statements).toBeLessThanOrEqual(40);
  expect(cost.transactions).toBeLessThanOrEqual(6);
  expect(cost.looks).toBeLessThanOrEqual(1.5);
  expect(cost.salesforceCalls).toBeLessThanOrEqual(2);
  expect(cost.circaCalls).toBeLessThanOrEqual(1.5);
});
