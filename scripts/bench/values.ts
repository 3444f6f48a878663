/** The comparison of values, the planner's hot path: a row per pair of types, values equal. */
import type { Mapping } from "../../middleware/sync/mappings/mapping.ts";
import type { Bench, Measurement } from "./bench.ts";
import { leader, leaderUserId, mappedFields, mappingsOf } from "./mapped-fields.ts";
import { measureRounds } from "./processor-time.ts";

const measuredMs = 150;
const warmUpMs = 50;
const comparisonsPerRound = 1_000;

const context = {
  timeZone: "Europe/Vienna",
  activeUserIdByEmail: (): string => leaderUserId,
  emailByUserId: (): string => leader.email,
};

export const valuesBench: Bench = {
  name: "values",
  about: "compares the two values of one field, by pair of types",
  run(print): Measurement {
    const mappings = mappingsOf(mappedFields);
    const measured = new Map<string, number>();
    let linkNs = 0;
    for (const [index, mapping] of mappings.entries()) {
      const pair = `${mapping.circa.type} with ${mapping.campaign.type}`;
      const values = mappedFields[index]?.values(index) ?? [null, null];
      const known = measured.get(pair);
      const ns = known ?? measurePair(mapping, values);
      if (known === undefined) print(`${pair.padEnd(32)}${ns.toFixed(0).padStart(6)} ns`);
      measured.set(pair, ns);
      linkNs += ns;
    }
    const perSecond = (1_000_000_000 * mappings.length) / linkNs;
    return {
      unit: "field comparisons a second on one core",
      perSecond,
      goalPerSecond: 50_000 * mappings.length,
    };
  },
};

/** @returns nanoseconds of one comparison */
function measurePair(
  { conversion, circa }: Mapping,
  [circaValue, campaignValue]: readonly [unknown, unknown],
): number {
  const { rounds, seconds } = measureRounds(
    () => {
      for (let i = 0; i < comparisonsPerRound; i += 1) {
        if (!conversion.equal(circaValue, campaignValue, context)) {
          throw new Error(`${circa.label}: the values should be equal`);
        }
      }
    },
    measuredMs,
    warmUpMs,
  );
  return (seconds * 1_000_000_000) / (rounds * comparisonsPerRound);
}
