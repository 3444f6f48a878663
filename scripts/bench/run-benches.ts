/** Runs the benches that were asked for and judges each against its goal. */
import type { Bench, Measurement } from "./bench.ts";

/** A busy or small machine is slower; below this share of the goal something is broken. */
const minShare = 0.5;

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A line for each: its name, and what it measures. */
export function listBenches(benches: readonly Bench[]): string {
  const width = Math.max(...benches.map(({ name }) => name.length));
  return benches.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join("\n");
}

/**
 * @param names all but the long ones when empty; `--help` lists them
 * @returns the exit code: 1 when a figure is below half of its goal or a name is unknown
 */
export async function runBenches(
  benches: readonly Bench[],
  names: readonly string[],
  terminal: Pick<Console, "log" | "error">,
): Promise<number> {
  const unknown = names.filter((name) => benches.every((bench) => bench.name !== name));
  if (unknown.length > 0) {
    terminal.error(`There is no bench ${unknown.join(", ")}. There are:\n${listBenches(benches)}`);
    return 1;
  }
  let exitCode = 0;
  for (const bench of benches) {
    if (names.length > 0 ? !names.includes(bench.name) : bench.isLong === true) continue;
    terminal.log(`${bench.name}: ${bench.about}`);
    const measured = await bench.run((line) => terminal.log(`  ${line}`));
    if (measured === null) continue;
    terminal.log(`  ${verdict(measured)}\n`);
    if (shareOfGoal(measured) < minShare) exitCode = 1;
  }
  return exitCode;
}

const shareOfGoal = ({ perSecond, goalPerSecond }: Measurement): number =>
  perSecond / goalPerSecond;

function verdict(measured: Measurement): string {
  const share = shareOfGoal(measured);
  const goal = `the goal is ${figure.format(measured.goalPerSecond)}`;
  const words = share >= 1 ? `met: ${goal}` : `${share < minShare ? "FAILED" : "missed"}: ${goal}`;
  return `${figure.format(measured.perSecond)} ${measured.unit} (${words})`;
}
