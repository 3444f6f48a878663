/** The live proof in small: the built process under every fault of the wire, and kill -9. */
import { proxyFaults } from "../../scripts/chaos/inject-faults.ts";
import { describeReport, isFlawless } from "../../scripts/chaos/report.ts";
import { runChaos } from "../../scripts/chaos/run-chaos.ts";

test("300 edits each way under faults and 5 kills: nothing lost, doubled or stuck", async () => {
  const report = await runChaos(
    {
      edits: 300,
      editsPerSecond: 60,
      links: 40,
      kills: 5,
      lifeSeconds: 1.5,
      seed: 4,
      postgres: false,
      nodes: 1,
      sweepSeconds: 5,
      logFolder: null,
      // So few requests meet few faults otherwise.
      faultScale: 4,
    },
    () => undefined,
  );
  expect({ report: describeReport(report), flawless: isFlawless(report) }).toMatchObject({
    flawless: true,
  });
  const struck = Object.values(report.struck).flatMap((faults) =>
    Object.entries(faults).flatMap(([name, count]) => (count > 0 ? [name] : [])),
  );
  expect(new Set(struck)).toEqual(new Set(proxyFaults));
  // A stream that was told "too busy" stays away for up to five minutes.
}, 480_000);
