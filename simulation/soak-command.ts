/** The command line of the soak: arguments, progress, summary, the shortest failing history. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { operationKinds, type History, type OperationKind } from "./history/operation.ts";
import { describeFindings } from "./invariants/findings.ts";
import { seededBugs } from "./seeded-bugs/bugs.ts";
import { shrink } from "./shrink.ts";
import { simulate } from "./simulation.ts";
import { soak, type Failure, type Totals } from "./soak.ts";
import { createStore } from "./store/node-database.ts";

const usage = `npm run soak -- [options]
  --seeds N       histories to run (10)
  --ops M         operations in each (5000)
  --from-seed S   the first seed (1)
  --no-sweep      without the sweep: nothing may need it
  --minutes T     begin no more seeds after this time
  --keep-going    run all seeds, whatever fails
  --no-shrink     look for no shorter history that still fails
  --replay FILE   run one printed history again
  --trace FILE    with --replay: write down everything that happens
  --kinds A,B     with these untruths and setbacks in every history
  --planted NAME  with a seeded bug, which has to be found
The seeded bugs: ${seededBugs.map(({ name }) => name).join(", ")}`;

const historySchema = z.object({
  seed: z.number(),
  sweep: z.boolean(),
  pairs: z.number(),
  sweepIntervalSeconds: z.number(),
  nodes: z.number().default(1),
  operations: z.array(z.object({ at: z.number(), kind: z.enum(operationKinds), seed: z.number() })),
});

const { values: options } = parseArgs({
  options: {
    planted: { type: "string" },
    seeds: { type: "string", default: "10" },
    ops: { type: "string", default: "5000" },
    "from-seed": { type: "string", default: "1" },
    minutes: { type: "string" },
    "no-sweep": { type: "boolean", default: false },
    "keep-going": { type: "boolean", default: false },
    "no-shrink": { type: "boolean", default: false },
    kinds: { type: "string" },
    replay: { type: "string" },
    trace: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

/** Histories tried while looking for a shorter one. */
const maxTries = 400;
const progressEveryMs = 5_000;

function wholeNumber(text: string, name: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} must be a whole number above 0, not "${text}"\n\n${usage}`);
}

function kindsOf(text: string): OperationKind[] {
  return text.split(",").map((name) => z.enum(operationKinds).parse(name));
}

/** @returns the exit status: 0 when every invariant held */
export async function runSoak(): Promise<number> {
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  return options.replay === undefined ? run() : replay(options.replay);
}

async function replay(file: string): Promise<number> {
  const history = historySchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const store = await createStore();
  const keepTrace = options.trace !== undefined;
  const { findings, trace, fingerprint } = await simulate(store, history, { keepTrace });
  if (options.trace !== undefined) writeFileSync(options.trace, trace.join(""));
  process.stdout.write(`history ${fingerprint}\n`);
  if (findings.length === 0) process.stdout.write("every invariant holds\n");
  else process.stdout.write(`${describeFindings(findings)}\n`);
  return findings.length === 0 ? 0 : 1;
}

async function run(): Promise<number> {
  const plan = {
    fromSeed: wholeNumber(options["from-seed"], "from-seed"),
    seeds: wholeNumber(options.seeds, "seeds"),
    operations: wholeNumber(options.ops, "ops"),
    sweep: !options["no-sweep"],
    kinds: options.kinds === undefined ? undefined : kindsOf(options.kinds),
  };
  const { minutes } = options;
  const maxMs = minutes === undefined ? Infinity : wholeNumber(minutes, "minutes") * 60_000;
  const store = await createStore();
  const startedAt = performance.now();
  let toldAt = startedAt;
  let failuresTold = 0;
  const totals = await soak(store, plan, (soFar) => {
    const now = performance.now();
    for (const { history, findings } of soFar.failures.slice(failuresTold)) {
      const file = keep(history);
      process.stdout.write(`seed ${history.seed} fails:\n${describeFindings(findings)}\n`);
      process.stdout.write(`Replay it: npm run soak -- --replay ${file} --trace trace.txt\n\n`);
    }
    failuresTold = soFar.failures.length;
    if (now - toldAt >= progressEveryMs) {
      toldAt = now;
      const rate = Math.round(soFar.operations / ((now - startedAt) / 1_000));
      process.stderr.write(
        `${soFar.seeds} of ${plan.seeds} seeds, ${rate} operations a second, ${soFar.failures.length} failed\n`,
      );
    }
    if (now - startedAt > maxMs) return false;
    return options["keep-going"] || soFar.failures.length === 0;
  });
  process.stdout.write(`${summary(totals, plan.sweep, performance.now() - startedAt)}\n`);
  const [first] = totals.failures;
  if (first !== undefined && !options["no-shrink"]) await report(first);
  return totals.failures.length === 0 ? 0 : 1;
}

/** @returns the file that it can be replayed from */
function keep(history: History): string {
  const file = `dist/simulation/soak-seed-${history.seed}${history.sweep ? "" : "-no-sweep"}.json`;
  writeFileSync(file, `${JSON.stringify(history, null, 1)}\n`);
  return file;
}

/** Looks for the shortest history that still fails, and keeps that one. */
async function report({ history, findings }: Failure): Promise<void> {
  const store = await createStore();
  const names = new Set(findings.map(({ invariant }) => invariant));
  const fails = async (candidate: History) => {
    const outcome = await simulate(store, candidate);
    return outcome.findings.some(({ invariant }) => names.has(invariant));
  };
  const shortest = await shrink(history, fails, { maxTries });
  process.stdout.write(
    `\nThe shortest history that still fails has ${shortest.operations.length} operations:\n`,
  );
  for (const { at, kind, seed } of shortest.operations) {
    process.stdout.write(`  ${String(at).padStart(8)} ms  ${kind}  (${seed})\n`);
  }
  keep(shortest);
}

function summary(totals: Totals, sweep: boolean, tookMs: number): string {
  const hours = (totals.virtualMs / 3_600_000).toFixed(1);
  const rate = Math.round(totals.operations / (tookMs / 1_000));
  const faults = [...totals.faults].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `${totals.seeds} seeds, sweep ${sweep ? "on" : "off"}: ${totals.failures.length} failed`,
    `${totals.operations} operations, ${totals.edits} edits, ${totals.writes} writes, ${totals.calls} calls`,
    `${totals.crashes} crashes, ${faults.map(([kind, count]) => `${count} ${kind}`).join(", ")}`,
    `${hours} virtual hours in ${Math.round(tookMs / 1_000)} s, ${rate} operations a second`,
  ].join("\n");
}
