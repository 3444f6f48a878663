/**
 * `npm run bench`: measures what the product promises to do fast, on one core.
 * `npm run bench -- plan` runs the benches named; each prints its figures and its verdict.
 * `npm run bench -- sweep --links 100000` sets the size of those that have one.
 */
import { parseArgs } from "node:util";
import { allBenches } from "./bench/all-benches.ts";
import { runBenches } from "./bench/run-benches.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { links: { type: "string" } },
});
if (values.links !== undefined) process.env["BENCH_LINKS"] = values.links;
process.exitCode = await runBenches(allBenches, positionals, console);
