/**
 * `npm run chaos`: the live proof. Real processes, faults on every wire, kill -9 at random
 * moments under edits on both sides; then quiet, and both sides are compared with what people set.
 */
import { readOptions } from "./chaos/options.ts";
import { describeReport, isFlawless } from "./chaos/report.ts";
import { runChaos } from "./chaos/run-chaos.ts";

const options = readOptions(process.argv.slice(2));
if (typeof options === "string") {
  console.error(options);
  process.exit(2);
}
// Ends the processes it has started, too.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));
const report = await runChaos(options, (line) => console.error(line));
console.log(describeReport(report));
process.exit(isFlawless(report) ? 0 : 1);
