import { PathHealth } from "../../../middleware/model/path-health.ts";
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { CircaIntake } from "../../../middleware/intake/polling/circa-intake.ts";
import { NewestSeen } from "../../../middleware/intake/sweep/reached.ts";
import { createLeases } from "../../../middleware/cluster/leases.ts";
import type { Database } from "../../../middleware/store/database/database.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import type { CircaClient } from "../../../middleware/systems/circa/client.ts";
import { eventually } from "../../support/eventually.ts";
import { openTemporaryDatabase } from "../../support/temporary-database.ts";

const log = createLog("silent");
let database: Database;

beforeEach(async () => {
  database = await openTemporaryDatabase();
});
afterEach(() => database.close());

/** A process that polls a Circa in which nothing moves. */
function node(owner: string) {
  const polls = { count: 0 };
  const clock = systemClock;
  const leases = createLeases({ database, clock, log, owner });
  const circa: Pick<CircaClient, "changedEvents" | "now" | "webhookEndpoints"> = {
    now: () => systemClock.now(),
    webhookEndpoints: () => Promise.resolve(null),
    // eslint-disable-next-line @typescript-eslint/require-await, require-yield -- the client's method yields pages of changes, and here there are none
    async *changedEvents() {
      polls.count += 1;
    },
  };
  const newestSeen = new NewestSeen(clock);
  const store = { database, clock, log };
  const paths = new PathHealth(clock.now());
  const parts = { ...store, leases, circa, newestSeen, paths, onLinksDue: () => undefined };
  const intake = new CircaIntake({ ...parts, publicUrl: null });
  intake.start();
  return {
    polls,
    leases,
    stop: () => intake.stop(),
  };
}

test("one of two processes polls Circa; when it stops, the other goes on at once", async () => {
  const one = node("one");
  await eventually("one polls", () => one.polls.count === 1);
  const two = node("two");
  expect(await two.leases.holder("poll")).toEqual({ owner: "one", isThis: false });
  expect(two.polls.count).toBe(0);
  await one.stop();
  await eventually("two polls", () => two.polls.count === 1);
  expect(one.polls.count).toBe(1);
  await two.stop();
  expect(await one.leases.holder("poll")).toBeNull();
});
