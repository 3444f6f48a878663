/** `npm run bench`: measures what the product promises to do fast. `npm run bench -- --help` lists how. */
import { parseArgs } from "node:util";
import { allBenches } from "./bench/all-benches.ts";
import { listBenches, runBenches } from "./bench/run-benches.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: "boolean" },
    links: { type: "string" },
    repeats: { type: "string" },
    only: { type: "string", multiple: true },
  },
});
if (values.links !== undefined) process.env["BENCH_LINKS"] = values.links;
if (values.repeats !== undefined) process.env["BENCH_REPEATS"] = values.repeats;
if (values.only !== undefined) process.env["BENCH_ONLY"] = values.only.join("\n");
if (values.help === true) {
  console.log(`npm run bench -- [BENCH…]

${listBenches(allBenches)}

--links NUMBER     connected pairs of those that have a size
--repeats NUMBER   of peers, 5 unless given
--only WORDS       of peers: part of the name of a situation or a peer, as often as you like;
                   nothing is written then`);
} else process.exitCode = await runBenches(allBenches, positionals, console);
