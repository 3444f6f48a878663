/** Two services with a store each on one org and one workspace: one works, the other says so. */
import { cpSync } from "node:fs";
import type { Status } from "../../middleware/http/status.ts";
import type { Middleware } from "../../middleware/main.ts";
import {
  buildMiddleware,
  startMiddleware,
  type MiddlewareProcess,
} from "../../scripts/support/middleware-process.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let link: OneLink;
let second: Middleware | null = null;

beforeAll(async () => {
  sync = await startSync({ links: 1 });
  await sync.settled();
  link = await oneLink(sync);
});
afterEach(async () => {
  await second?.stop();
  second = null;
});
afterAll(() => sync.close());

const dataDir = () => sync.environment()["DATA_DIR"] ?? "";

/** The same configuration on a store of its own. */
async function startSecond(name: string, change: Record<string, string> = {}): Promise<Middleware> {
  return (second = await sync.startAnother({ DATA_DIR: `${dataDir()}-${name}`, ...change }));
}

async function statusOf({ url }: Middleware): Promise<Status> {
  const headers = { authorization: `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}` };
  return (await (await fetch(`${url}/api/status`, { headers })).json()) as Status;
}

const isState = (middleware: Middleware, state: Status["claim"]["state"]) =>
  eventually(`its claim is ${state}`, async () => {
    const { claim } = await statusOf(middleware);
    return claim.state === state && claim;
  });

test("the second finds the first's claim in both systems, writes nothing and is not ready", async () => {
  const first = await isState(sync.middleware(), "ours");
  const fee = 4_242;
  const other = await startSecond("second");
  const claim = await isState(other, "another's");
  expect(claim.other?.storeId).toBe(first.storeId);
  expect(claim.storeId).not.toBe(first.storeId);
  expect(claim.attention).toMatch(/writes nothing.*--take-over/);
  const ready = await fetch(`${other.url}/health/ready`);
  expect(ready.status).toBe(503);
  expect(((await ready.json()) as { parts: object }).parts).toMatchObject({ claim: false });

  await sync.stopMiddleware();
  await link.editCampaign({ Sponsorship_Fee__c: fee });
  await sync.startMiddleware();
  await eventuallyHolds("the first brings it", async () =>
    expect(await link.eventValue("Sponsorship Fee")).toBe(fee),
  );
  expect((await sync.status()).claim).toMatchObject({ state: "ours" });
});

test.each(["salesforce", "circa"] as const)("the claim in %s alone is enough", async (kept) => {
  await isState(sync.middleware(), "ours");
  if (kept === "salesforce") await setContract(false);
  else await forgetClaimInSalesforce();
  try {
    const claim = await isState(await startSecond(`alone-${kept}`), "another's");
    expect(claim.state).toBe("another's");
  } finally {
    await setContract(true);
  }
});

test("a copy of the store that is started beside it gets an id of its own and is refused", async () => {
  const before = await isState(sync.middleware(), "ours");
  await sync.stopMiddleware();
  cpSync(dataDir(), `${dataDir()}-copy`, { recursive: true });
  await sync.startMiddleware();
  await isState(sync.middleware(), "ours");
  const copy = await startSecond("copy");
  const claim = await isState(copy, "another's");
  expect(claim.other?.storeId).toBe(before.storeId);
  expect(claim.storeId).not.toBe(before.storeId);
});

test("the same store again, at once, is no conflict", async () => {
  const { storeId } = await isState(sync.middleware(), "ours");
  await sync.stopMiddleware();
  await sync.startMiddleware();
  expect((await isState(sync.middleware(), "ours")).storeId).toBe(storeId);
});

test("kill -9 leaves the claim behind: it holds until it runs out, or until --take-over", async () => {
  buildMiddleware();
  await sync.stopMiddleware();
  const envOf = (name: string) => ({
    ...sync.environment(),
    PORT: "0",
    DATA_DIR: `${dataDir()}-${name}`,
  });
  const kill = async (running: MiddlewareProcess) => {
    process.kill(running.pid, "SIGKILL");
    await running.ended;
  };
  // Each is ready only with the claim in its hands.
  await kill(await startMiddleware({ env: envOf("dying"), args: ["--take-over"] }));
  await isState(await startSecond("heir"), "another's");
  await kill(await startMiddleware({ env: envOf("dying") }));
  await kill(await startMiddleware({ env: envOf("cli"), args: ["--take-over"] }));

  await editClaimInSalesforce({ Claimed_At__c: new Date(Date.now() - 86_400_000).toISOString() });
  await setContract(false);
  try {
    await second?.stop();
    expect(await isState(await startSecond("late"), "ours")).toMatchObject({ other: null });
  } finally {
    await second?.stop();
    second = null;
    await setContract(true);
  }
  await sync.startMiddleware({ TAKE_OVER: "1" });
  await isState(sync.middleware(), "ours");
}, 300_000);

test("told to, the second takes over, and the first finds out", async () => {
  const other = await startSecond("taker", { TAKE_OVER: "1" });
  const claim = await isState(other, "ours");
  await sync.stopMiddleware();
  await sync.startMiddleware();
  const first = await isState(sync.middleware(), "another's");
  expect(first.other?.storeId).toBe(claim.storeId);
});

async function setContract(contract: boolean): Promise<void> {
  await fetch(`${sync.circa.url}/emulator/settings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ contract }),
  });
}

const forgetClaimInSalesforce = () =>
  editClaimInSalesforce({ Claimed_By__c: null, Claimed_At__c: null, Claim_Renewals__c: null });

async function editClaimInSalesforce(values: Record<string, unknown>): Promise<void> {
  const { url, apiVersion, person } = sync.salesforce;
  const path = `/services/data/v${apiVersion}/sobjects/Circa_Sync_State__c/Connection__c/default`;
  const answer = await fetch(url + path, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${person.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(values),
  });
  expect(answer.status).toBeLessThan(300);
}
