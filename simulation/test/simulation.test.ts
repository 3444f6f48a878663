/** The service's own code under virtual time, against people and troubles invented from seeds. */
import { generateHistory } from "../history/invent.ts";
import { describeFindings } from "../invariants/findings.ts";
import { simulate } from "../simulation.ts";
import { soak } from "../soak.ts";
import type { SharedStore } from "../store/shared-store.ts";
import { createStore } from "../store/node-database.ts";

/** `npm run soak` runs as many more, and as much longer ones, as are wanted. */
const seeds = 30;
const operations = 200;

let store: SharedStore;
beforeAll(async () => {
  store = await createStore();
});
afterAll(() => {
  store.raw.close();
});

describe("whatever happens, both sides end up as people left them, or a problem says why not", () => {
  test.each([
    { kind: "with the sweep, some notices lost for good", sweep: true },
    { kind: "without the sweep, notices late, doubled and out of order", sweep: false },
  ])(
    "$kind",
    async ({ sweep }) => {
      const { failures } = await soak(
        store,
        { fromSeed: 1, seeds, operations, sweep },
        (totals) => totals.failures.length === 0,
      );
      const told = failures.map(
        ({ history, findings }) =>
          `seed ${history.seed} (npm run soak -- --from-seed ${history.seed} --seeds 1 --ops ${operations}${sweep ? "" : " --no-sweep"}):\n${describeFindings(findings)}`,
      );
      expect(told).toEqual([]);
    },
    600_000,
  );
});

test.each([3, 5, 8])("seed %i makes the same history each time, to the last byte", async (seed) => {
  const history = generateHistory(seed, { operations: 120, sweep: true });
  const first = await simulate(store, history, { keepTrace: true });
  const second = await simulate(store, history, { keepTrace: true });
  expect(second.trace).toEqual(first.trace);
  expect(second.fingerprint).toBe(first.fingerprint);
});
