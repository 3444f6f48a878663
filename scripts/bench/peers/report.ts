/** The figures as JSON and as the page that people read. */
import { cpus, totalmem } from "node:os";
import { spread, type Spread } from "./percentiles.ts";
import type { Figures } from "./situations.ts";
import type { Floors } from "./floors.ts";

export interface Row {
  readonly situation: string;
  readonly peer: string;
  /** One per repeat. */
  readonly repeats: readonly Figures[];
}

export interface Report {
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly commit: string;
  readonly measuredAt: string;
  readonly links: number;
  readonly floors: readonly Floors[];
  readonly rows: readonly Row[];
}

export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} cores (${first?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

const columns: readonly [string, (figures: Figures) => number | null][] = [
  ["arrives after, p50 ms", ({ freshnessMs }) => freshnessMs.p50],
  ["p99 ms", ({ freshnessMs }) => freshnessMs.p99],
  ["max ms", ({ freshnessMs }) => freshnessMs.max],
  ["acknowledged after, p50 ms", ({ acknowledgementMs }) => acknowledgementMs?.p50 ?? null],
  ["p99 ms", ({ acknowledgementMs }) => acknowledgementMs?.p99 ?? null],
  ["edits/s", ({ editsPerSecond }) => editsPerSecond],
  ["processor ms per edit", ({ processorMsPerEdit }) => processorMsPerEdit],
  ["Salesforce calls per 1,000", (figures) => figures.salesforceCallsPerThousand],
  ["Circa calls per 1,000", (figures) => figures.circaCallsPerThousand],
  ["peak MB", (figures) => figures.peakMemoryMb],
];

const figure = (value: number) =>
  value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });

function cell({ median, min, max }: Spread): string {
  const [low, high] = [figure(min), figure(max)];
  return low === high ? low : `${figure(median)} (${low}–${high})`;
}

/** Medians over the repeats, with the least and the most in brackets. */
export function page(report: Report): string {
  const head = ["", ...columns.map(([name]) => name)];
  const tables = [...new Set(report.rows.map(({ situation }) => situation))].map((situation) => {
    const rows = report.rows.filter((row) => row.situation === situation);
    const lines = rows.map(({ peer, repeats }) => {
      const worst = Math.max(...repeats.map(({ lost }) => lost));
      if (worst > 0) return `| ${peer} | lost ${worst} edits |${" |".repeat(columns.length - 1)}`;
      const cells = columns.map(([, read]) => {
        const values = repeats.map(read).filter((value) => value !== null);
        return values.length === 0 ? "" : cell(spread(values));
      });
      return `| ${[peer, ...cells].join(" | ")} |`;
    });
    return [
      `## Edits ${situation}\n`,
      `| ${head.join(" | ")} |`,
      `|${" - |".repeat(head.length)}`,
      ...lines,
      "",
    ].join("\n");
  });
  const floors = Object.entries({
    "signed requests/s, kept nowhere": (each: Floors) => each.signedRequests,
    "writes/s, each on the disk before the next": (each: Floors) => each.syncedWrites,
    "signed requests/s, each in SQLite's log on the disk": (each: Floors) => each.durableRequests,
  }).map(([name, read]) => `| ${name} | ${cell(spread(report.floors.map(read)))} |`);
  return [
    "# Performance",
    "",
    "Written by `npm run bench -- peers`; the figures are in `docs/performance.json`.",
    "",
    `${report.machine}; ${report.links} links; ${Object.entries(report.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(
        ", ",
      )}; commit ${report.commit}; ${report.measuredAt}; ${report.floors.length} alternating repeats: the median, with the least and the most in brackets. Ratios within one table count, not the figures of one machine.`,
    "",
    "Each peer runs in a process of its own against the same two emulators in another. Edits are made at their time, whatever the ones before have come to; an edit has arrived when the other system has it. The script and Node-RED keep nothing: what they were sent while they were down or being refused is gone unless Circa sends it again.",
    "",
    "## What this machine can do",
    "",
    "| | |\n| - | - |",
    ...floors,
    "",
    ...tables,
  ].join("\n");
}
