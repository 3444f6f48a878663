/** Events and Campaigns that change places on one side: it ends as that side says. */
import type { StoredProblem } from "../../middleware/store/history/open-problems.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import { syncNow } from "../support/sync-now.ts";

let sync: RunningSync;
let events: string[];
let edits = 0;

beforeAll(async () => {
  sync = await startSync({ links: 4 });
  await sync.settled();
  events = (await marketer(sync).events()).map(({ id }) => String(id));
});
afterAll(() => sync.close());

/** Which Campaign each Event has, as Circa says; the same for Salesforce. */
const inCirca = async () =>
  Promise.all(
    events.map(async (id) => (await marketer(sync).event(id))["salesforce_campaign_id"] ?? null),
  );
const inSalesforce = async () => {
  const soql = "SELECT Id, Circa_Event_Id__c FROM Campaign WHERE Circa_Event_Id__c != null";
  const rows = await campaignManager(sync).query(soql);
  const held = new Map(rows.map((row) => [row["Circa_Event_Id__c"], row["Id"]]));
  return events.map((id) => held.get(id) ?? null);
};

async function connect(eventId: string, campaignId: string | null): Promise<void> {
  const status = await marketer(sync).connect(eventId, campaignId);
  if (status >= 300) throw new Error(`Circa refuses to connect: HTTP ${status}`);
}

/** Each Event with the place of the one whose Campaign it gets; null: none. */
type Moves = readonly (number | null)[];
const moves: [string, Moves][] = [
  ["two change places", [1, 0, 2, 3]],
  ["three go round", [1, 2, 0, 3]],
  ["a chain, whose last is left with none", [1, 2, null, 3]],
];

const wayBySide = {
  async Salesforce(wanted: (string | null)[], before: (string | null)[]) {
    for (const id of before) {
      if (id !== null) await campaignManager(sync).edit(id, { Circa_Event_Id__c: null });
    }
    for (const [at, id] of wanted.entries()) {
      if (id !== null) await campaignManager(sync).edit(id, { Circa_Event_Id__c: events[at] });
    }
  },
  async Circa(wanted: (string | null)[], before: (string | null)[]) {
    for (const [at, id] of before.entries()) {
      if (id !== null) await connect(events[at]!, null);
    }
    for (const [at, id] of wanted.entries()) {
      if (id !== null) await connect(events[at]!, id);
    }
  },
};

const circumstances = {
  async "while both are there"(permute: () => Promise<void>) {
    await permute();
  },
  async "while the service is away"(permute: () => Promise<void>) {
    await sync.stopMiddleware();
    await permute();
    await sync.startMiddleware();
  },
  async "while Circa refuses every call of the service"(permute: () => Promise<void>) {
    await circaEmulator(sync).setFaults({
      requests: [{ kind: "status", status: 503, caller: "integration", probability: 1 }],
      webhooks: [{ kind: "delay", delay_ms: 1_500, times: 8 }],
    });
    await permute();
    await circaEmulator(sync).setFaults({ clear: true });
  },
};

async function expectEverywhere(wanted: (string | null)[]): Promise<void> {
  await eventuallyHolds(
    "both sides say the same, and no link has a problem",
    async () => {
      expect(await inCirca()).toEqual(wanted);
      expect(await inSalesforce()).toEqual(wanted);
      const { problems } = await sync.admin<{ problems: StoredProblem[] }>("GET", "/api/problems");
      expect(problems.filter(({ fieldKey }) => fieldKey === null)).toEqual([]);
    },
    60_000,
  );
  await sync.settled();
}

async function expectFieldsTravel(wanted: (string | null)[]): Promise<void> {
  for (const [at, id] of wanted.entries()) {
    if (id === null) continue;
    edits += 1;
    const location = `after the moves ${edits}`;
    await marketer(sync).edit(events[at]!, { location });
    await eventuallyHolds("the edit arrives at the Event's own Campaign", async () => {
      expect((await campaignManager(sync).campaign(id))["Circa_Location__c"]).toBe(location);
    });
  }
}

describe.each(["Salesforce", "Circa"] as const)("in %s", (side) => {
  describe.each(Object.keys(circumstances) as (keyof typeof circumstances)[])("%s", (when) => {
    test.each(moves)("%s", async (_, places) => {
      const before = (await inCirca()) as (string | null)[];
      const wanted = places.map((at) => (at === null ? null : (before[at] ?? null)));
      await circumstances[when](() => wayBySide[side](wanted, before));
      await expectEverywhere(wanted);
      await expectFieldsTravel(wanted);
      // Everybody has a Campaign again for the next ones.
      const all = [...new Set([...wanted, ...before])].filter((id) => id !== null);
      const free = all.filter((id) => !wanted.includes(id));
      for (const [at, id] of wanted.entries()) {
        if (id === null && free[0] !== undefined) await connect(events[at]!, free.shift()!);
      }
      await eventuallyHolds("all are connected", async () => {
        expect((await inSalesforce()).filter((id) => id === null)).toEqual([]);
      });
      await sync.settled();
    });
  });
});

test("two change places in Salesforce while Circa finds neither Event: so it ends, once it does", async () => {
  const [first, second, ...rest] = (await inCirca()) as (string | null)[];
  const edit = async () => {
    for (const id of events.slice(0, 2)) {
      edits += 1;
      await marketer(sync).edit(id, { location: `before the moves ${edits}` });
    }
  };
  // Known as of just now, they are not asked for again before Circa is told.
  await edit();
  await sync.settled();
  const body = { errors: [{ field: null, code: "not_found", message: "No such Event" }] };
  const gone = { kind: "answer", status: 404, body, path: "/events/{id}", probability: 1 };
  await circaEmulator(sync).setFaults({
    requests: [{ ...gone, method: "GET", caller: "integration" }],
  });
  // Both within one moment, which a save of one Campaign after the other is not.
  for (const [at, id] of [second!, first!].entries()) {
    await salesforceAdmin(sync).setSilently(id, { Circa_Event_Id__c: events[at]! });
  }
  for (const id of [first!, second!]) await syncNow(sync, id);
  await eventuallyHolds("neither can be moved", async () => {
    const { problems } = await sync.admin<{ problems: StoredProblem[] }>("GET", "/api/problems");
    expect(problems.map(({ code }) => code)).toEqual(["EVENT_TAKEN", "EVENT_TAKEN"]);
  });
  await circaEmulator(sync).setFaults({ clear: true });
  await edit();
  await expectEverywhere([second!, first!, ...rest]);
});

test("a person gives the Event another Campaign just when it is let go of: that choice stays", async () => {
  const [first, second, ...rest] = (await inCirca()) as (string | null)[];
  await connect(events[1]!, null);
  await expectEverywhere([first!, null, ...rest]);
  const slow = { kind: "slow", delay_ms: 3_000, times: 1, method: "PUT", caller: "integration" };
  const path = "/events/{id}/salesforce_campaign";
  await circaEmulator(sync).setFaults({ requests: [{ ...slow, path, probability: 1 }] });
  const before = await askedFor(path);
  await campaignManager(sync).edit(first!, { Circa_Event_Id__c: null });
  await eventuallyHolds("letting go is under way", async () => {
    expect(await askedFor(path)).toBeGreaterThan(before);
  });
  await connect(events[0]!, second!);
  await expectEverywhere([second!, null, ...rest]);
});

async function askedFor(path: string): Promise<number> {
  const answer = await fetch(`${sync.circa.url}/emulator/stats`);
  const { requests } = (await answer.json()) as { requests: { by_kind: Record<string, number> } };
  return requests.by_kind[`PUT ${path}`] ?? 0;
}
