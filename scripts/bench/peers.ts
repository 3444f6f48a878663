/** This product beside what its users would pick instead, in one run. */
import { buildMiddleware } from "../support/middleware-process.ts";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import type { Bench } from "./bench.ts";
import { measureFloors, type Floors } from "./peers/floors.ts";
import { peers } from "./peers/peers.ts";
import { machine, page, type Report } from "./peers/report.ts";
import { measure, situations, type Figures } from "./peers/situations.ts";

/** As `npm run bench -- --help` has them. */
const given = () => ({
  links: Number(process.env["BENCH_LINKS"] ?? 3_000),
  repeats: Number(process.env["BENCH_REPEATS"] ?? 5),
  only: process.env["BENCH_ONLY"]?.split("\n") ?? [],
});

/** Words that fit none of these names are about something else. */
function wanted<Named extends { readonly name: string }>(
  all: readonly Named[],
  only: readonly string[],
): Named[] {
  const words = only.filter((word) => all.some(({ name }) => name.includes(word)));
  return all.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
}

export const peersBench: Bench = {
  name: "peers",
  about: "this product beside a jsforce script and Node-RED: hours, on an idle machine",
  isLong: true,
  async run(print) {
    buildMiddleware();
    const { links, repeats, only } = given();
    const rows = new Map<string, { situation: string; peer: string; repeats: Figures[] }>();
    const floors: Floors[] = [];
    const faults: string[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      floors.push(await measureFloors());
      for (const situation of wanted(situations, only)) {
        // The order changes, so that a slow hour of the machine favours none.
        const order = wanted(peers, only);
        for (const peer of repeat % 2 === 0 ? order : order.reverse()) {
          const figures = await measure(peer, situation, links);
          if (figures === null) continue;
          const key = `${situation.name}: ${peer.name}`;
          print(`${key}: ${summary(figures)}`);
          if (figures.lost > 0) faults.push(`${key} lost ${figures.lost} edits`);
          const row = rows.get(key) ?? {
            ...{ situation: situation.name, peer: peer.name, repeats: [] },
          };
          row.repeats.push(figures);
          rows.set(key, row);
        }
      }
    }
    if (only.length === 0) await write({ links, floors, rows: [...rows.values()] });
    // A peer that keeps nothing may lose something; the product may not.
    const own = faults.filter((fault) => /: (SQLite|PostgreSQL) /.test(fault));
    if (own.length > 0) throw new Error(own.join("\n"));
    return null;
  },
};

function summary(figures: Figures): string {
  const { freshnessMs, acknowledgementMs, editsPerSecond, processorMsPerEdit, lost } = figures;
  const ms = (value: number | undefined) => `${value?.toFixed(0) ?? "–"} ms`;
  return [
    `arrives after ${ms(freshnessMs.p50)} (p99 ${ms(freshnessMs.p99)}, max ${ms(freshnessMs.max)})`,
    `acknowledged after ${ms(acknowledgementMs?.p50)} (p99 ${ms(acknowledgementMs?.p99)})`,
    `${editsPerSecond.toFixed(0)} edits/s, ${processorMsPerEdit?.toFixed(1) ?? "–"} ms each`,
    `${figures.salesforceCallsPerThousand.toFixed(0)} + ${figures.circaCallsPerThousand.toFixed(0)} calls per 1,000`,
    `${figures.peakMemoryMb} MB${lost > 0 ? `, LOST ${lost}` : ""}`,
  ].join("; ");
}

async function write(measured: Pick<Report, "links" | "floors" | "rows">): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    dependencies: Record<string, string>;
  };
  const report: Report = {
    machine: machine(),
    versions: {
      node: process.version,
      jsforce: dependencies["jsforce"] ?? "",
      libsql: dependencies["libsql"] ?? "",
    },
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    measuredAt: new Date().toISOString().slice(0, 10),
    ...measured,
  };
  mkdirSync("docs", { recursive: true });
  const text = await format(page(report), { parser: "markdown", printWidth: 100 });
  writeFileSync(join("docs", "performance.json"), `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(join("docs", "performance.md"), text);
}
