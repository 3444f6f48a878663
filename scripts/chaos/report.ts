/** What came of a run, in words, and whether it proves what it should. */
import type { Difference, Leftovers } from "./compare.ts";
import type { ChaosOptions } from "./options.ts";
import type { People } from "./people.ts";
import type { Quiet } from "./quiet.ts";
import type { StoreFigures } from "./store-figures.ts";
import type { SystemFigures } from "./system-figures.ts";
import type { WorkDone } from "./work-under-faults.ts";

export interface Report extends Leftovers, Quiet, SystemFigures, WorkDone {
  readonly options: ChaosOptions;
  readonly taken: ReturnType<People["taken"]>;
  readonly ends: readonly string[];
  /** null on the embedded database. */
  readonly store: StoreFigures | null;
  readonly unexpectedEnds: number;
  readonly restartsMs: readonly number[];
  readonly workedMs: number;
  readonly struck: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A process accepts webhooks again within this time after its start. */
const maxRestartMs = 2_000;

export function isFlawless(report: Report): boolean {
  const { differences, doubled, untold, stuck, quietAfterSeconds } = report;
  const { overlappingWrites, unexpectedEnds } = report;
  return (
    [...differences, ...doubled, ...untold, ...stuck].length === 0 &&
    overlappingWrites + unexpectedEnds === 0 &&
    quietAfterSeconds !== null &&
    report.ends.every((end) => end === "exit code 0")
  );
}

export function describeReport(report: Report): string {
  const { options, taken, kills, differences, restartsMs, quietAfterSeconds } = report;
  const sorted = [...restartsMs].sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const worst = sorted.at(-1) ?? 0;
  const late = sorted.filter((ms) => ms > maxRestartMs).length;
  const count = (wanted: Difference["kind"]) =>
    differences.filter(({ kind }) => kind === wanted).length;
  const killed = kills.starting + kills.accepting + kills.sweeping;
  const rows: readonly (readonly [string, string | number])[] = [
    ["store", options.postgres ? `PostgreSQL, ${options.nodes} processes` : "SQLite, 1 process"],
    ["links, seed", `${options.links}, ${options.seed}`],
    ["edits taken, Circa + Salesforce", `${taken.circa} + ${taken.salesforce}`],
    ["lost: not what was set last, there", count("lost")],
    ["overwritten: not what was set last, here", count("overwritten")],
    ["last values missing in the history", report.untold.length],
    ["doubled history entries", report.doubled.length],
    ["gaps between history entries", report.gaps.length],
    ["history entries", `${report.changes}, ${report.changesUnderFaults} of them under faults`],
    ["stuck in the store", report.stuck.length],
    ["overlapping writes to one record", report.overlappingWrites],
    [
      "kill -9",
      `${killed} (${kills.starting} while starting, ${kills.sweeping} in a sweep, ${kills.accepting} else)`,
    ],
    ["ended by itself", report.unexpectedEnds],
    ["ended on SIGTERM", report.ends.join(", ")],
    [
      "start to first accepted webhook",
      `${sorted.length} times, median ${Math.round(median)} ms, worst ${Math.round(worst)} ms, ${late} above ${maxRestartMs} ms`,
    ],
    ["Salesforce calls", report.salesforceCalls],
    ["Circa calls", report.circaCalls],
    ["webhook attempts, given up", `${report.webhookAttempts}, ${report.webhooksGivenUp}`],
    ["edits refused to people", report.refusedEdits],
    ["blows to the stream", report.blows],
    ...(report.store === null ? [] : describeStore(report.store)),
    ["time under faults", `${Math.round(report.workedMs / 1_000)} s`],
    ["quiet after", quietAfterSeconds === null ? "never" : `${quietAfterSeconds} s`],
    ["missed until the last sweep", report.missed ?? "no sweep"],
    ...Object.entries(report.struck).map(
      ([name, faults]) => [`faults on the wire, ${name}`, describeFaults(faults)] as const,
    ),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  const details = [
    ...differences.map((it) => `different: ${JSON.stringify(it)}`),
    ...report.doubled.map((told) => `doubled: ${told}`),
    ...report.untold.map((told) => `missing: ${told}`),
    ...report.gaps.map((gap) => `gap: ${gap}`),
    ...report.stuck.map((row) => `stuck: ${row}`),
  ];
  const most = 40;
  return [
    ...lines,
    ...details.slice(0, most),
    ...(details.length > most ? [`… and ${details.length - most} more`] : []),
    isFlawless(report) ? "nothing lost, nothing doubled, nothing stuck" : "FAILED",
  ].join("\n");
}

function describeStore({ maxTransactionMs, maxWaiting, deadlocks }: StoreFigures) {
  return [
    ["longest transaction seen", `${maxTransactionMs} ms`],
    ["most transactions in wait for a lock", maxWaiting],
    ["deadlocks", deadlocks],
  ] as const;
}

function describeFaults(faults: Readonly<Record<string, number>>): string {
  return Object.entries(faults)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
