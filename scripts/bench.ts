/**
 * `npm run bench`: measures what the product promises to do fast, on one core.
 * `npm run bench -- plan` runs the benches named; each prints its figures and its verdict.
 */
import { allBenches } from "./bench/all-benches.ts";
import { runBenches } from "./bench/run-benches.ts";

process.exitCode = await runBenches(allBenches, process.argv.slice(2), console);
