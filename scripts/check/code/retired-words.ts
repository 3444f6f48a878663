/**
 * Words that docs/glossary.md has retired: names that are no longer used, and what to say instead.
 * Whole names that are declared count, not those in comments.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Finding } from "../finding.ts";

/** By the first word of a name: `mostRows` is `maxRows`. */
const prefixes: Readonly<Record<string, string>> = {
  most: "max",
  longest: "max",
  largest: "max",
  fewest: "min",
  shortest: "min",
  usual: "default",
};

const names: ReadonlyMap<string, string> = new Map([
  ["atStep", "onFailpoint"],
  ["passStep", "noFailpoint"],
  ["endsWithin", "withTimeout"],
  ["patienceMs", "timeoutMs"],
  ["keepHouse", "runRetention"],
  ["handBack", "releaseClaims"],
  ["meetOthers", "joinCluster"],
  ["nobodyElse", "singleNode"],
  ["roomUnder", "limitsFor"],
  ["gate", "state"],
  ["takeTurn", "runPass"],
  ["LinkWork", "the phase's own type, as in sync/plan/link-task.ts"],
  ["LinkTask", "the phase's own type, as in sync/plan/link-task.ts"],
  ["room", "limits, awaitCapacity"],
  ["works", "tasks"],
  ["CatchUp", "Backfill"],
  ["MappingsInForce", "ActiveMappings"],
  ["OneAtATime", "RecordMutex"],
  ["ListWatch", "StalePicklistDetector"],
  ["CallsTogether", "CompositeBatcher"],
  ["WordList", "PicklistVocabulary"],
  ["sweepGone", "findOrphans"],
  ["SweepTurn", "SweepRunState"],
  ["SignalEvent", "PlatformEventMessage"],
  ["agreed", "baseline"],
  ["todo", "remedy"],
  ["plantedBugs", "seededBugs"],
]);

/** The order of a list is no limit, and neither is the result of a search. */
const exceptions = new Set(["longestFirst", "shortestPrefix"]);

/** @param folders looked at with all below them */
export function checkRetiredWords(folders: readonly string[]): Finding[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((it) => path.join(folder, it)),
    )
    .filter((file) => file.endsWith(".ts"))
    .flatMap(findingsIn);
}

function findingsIn(file: string): Finding[] {
  const text = ts.sys.readFile(file) ?? "";
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const findings: Finding[] = [];
  const visit = (node: ts.Node): void => {
    const name = isNamed(node) ? declaredName(node) : null;
    const instead = name === null ? null : insteadOf(name);
    if (instead !== null) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      const message = `line ${line}: ${name} is retired, say ${instead} (docs/glossary.md)`;
      findings.push({ file, message });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

function declaredName({ name }: ts.NamedDeclaration): string | null {
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))
    ? name.text.replace(/^#/, "")
    : null;
}

function insteadOf(name: string): string | null {
  if (exceptions.has(name)) return null;
  const retired = names.get(name) ?? typeWithin(name);
  if (retired !== undefined) return retired;
  const [, first = "", rest = ""] = /^([a-z]+)([A-Z].*)$/.exec(name) ?? [];
  return Object.hasOwn(prefixes, first) ? `${prefixes[first] ?? ""}${rest}` : null;
}

/** `createListWatch` and `ListWatchParts` live on when `ListWatch` has gone. */
function typeWithin(name: string): string | undefined {
  for (const [retired, instead] of names) {
    if (/^[A-Z]/.test(retired) && new RegExp(`${retired}(?![a-z])`).test(name)) return instead;
  }
  return undefined;
}

function isNamed(node: ts.Node): node is ts.NamedDeclaration {
  return "name" in node && !ts.isPropertyAccessExpression(node);
}
