/** Processes on one store are one service, however they start and renew beside each other. */
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { PairClaim } from "../../../middleware/sync/pair-claim.ts";
import type { Claim } from "../../../middleware/systems/claims.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";
import { eventuallyHolds } from "../../support/eventually.ts";

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);

  test("five that start at the same moment on a new store all have its claim", async () => {
    let claim: Claim | null = null;
    const place = {
      name: "salesforce" as const,
      read: () => Promise.resolve(claim),
      write: (next: Claim | null) => Promise.resolve(void (claim = next)),
      now: () => Date.now(),
    };
    const all = Array.from(
      { length: 5 },
      () =>
        new PairClaim({
          database: store(),
          clock: systemClock,
          log: createLog("silent"),
          places: [place],
          // Renewed once a second, by each of them.
          heartbeatSeconds: 1,
          takeOver: false,
        }),
    );
    for (const one of all) one.start();
    const expectOne = () => {
      const states = all.map((one) => one.status());
      expect(states.map(({ state }) => state)).toEqual(all.map(() => "ours"));
      expect(new Set(states.map(({ storeId }) => storeId)).size).toBe(1);
    };
    try {
      await eventuallyHolds("each has it", expectOne, 60_000);
      await eventuallyHolds(
        "it was renewed a few times",
        () => expect(claim?.renewals).toBeGreaterThan(4),
        60_000,
      );
      expectOne();
    } finally {
      await Promise.all(all.map((one) => one.stop(false)));
    }
  });
});
