import { setImmediate as nextTurn } from "node:timers/promises";
import type { ApexEngine } from "../../apex/engine.ts";
import { findTests } from "../../../apex/testing/find-tests.ts";
import type { Org } from "../../data/org.ts";
import { type ComponentName, keyOf, type SourceFile } from "../format/component.ts";
import { writeApexRows } from "../../apex/apex-rows.ts";
import { pathsOf } from "../format/source-paths.ts";
import { applyChange, buildCandidate, type Candidate, type Change } from "./candidate.ts";
import { blameDeletions, checkDeletions } from "./check-deletions.ts";
import { checkPackage } from "./check-package.ts";
import { checkRules } from "./check-rules.ts";
import { coverageWarnings } from "./coverage-rules.ts";
import type { DeployJob } from "./deploy-job.ts";
import { type DeployMessage, failure, success } from "./deploy-message.ts";
import type { DeployPackage } from "./read-package.ts";
import { checkJobLocks } from "./job-locks.ts";
import { putMetadataRows, removeMetadataRows } from "./metadata-rows.ts";
import type { OrgFolder } from "./org-folder.ts";
import { checkOrgRules, type OrgFeatures } from "./org-rules.ts";
import { runOrgTests } from "./run-deploy-tests.ts";

/** The org that a deployment goes into. */
export interface DeployTarget {
  readonly org: Org;
  readonly apex: ApexEngine;
  readonly folder: OrgFolder;
  readonly features: OrgFeatures;
  /** Called when the org's files have changed: its screens are those of this folder now. */
  onDeployed(folder: string): void;
}

/** The job was called off; everything is as it was. */
export class CanceledError extends Error {}

/**
 * Does one deployment: everything is tried on a copy of the org, and put into the org at the end, all
 * at once and only when nothing is wrong.
 * @throws CanceledError when the job is called off on the way
 */
export async function deployTo(
  target: DeployTarget,
  job: DeployJob,
  brought: DeployPackage,
): Promise<void> {
  const { org, folder } = target;
  const { files } = brought;
  const before = folder.read(org.sourceDirs);
  await goOn(job);
  const { there, messages: aboutDeletions } = checkDeletions(org, brought.deletions, before);
  job.componentsTotal = componentsIn(files).length + brought.deletions.length;
  const reasons = [
    ...checkPackage(brought),
    ...checkOrgRules(files, before, target.features, job.options.checkOnly),
    ...checkJobLocks(org, files, there, before),
    ...aboutDeletions,
  ];
  const after = filesAfter(before, there, files);
  const state = folder.write(after);
  const change: Change = { folder: state, files, deletions: there, userId: job.userId };
  let isKept = false;
  try {
    const ruled = after.filter(isRuled(files));
    const rules = brought.isChecked
      ? []
      : await checkRules(files, ruled, () => before.filter(isRuled([])));
    reasons.push(...blameDeletions(rules, there, files, textIn(after)));
    await goOn(job);
    const candidate = reasons.some(isError) ? null : await tryOut(org, change, after, reasons);
    if (candidate) reasons.push(...unknownTests(job, candidate));
    await goOn(job);
    job.messages = [...reasons, ...successes(files, there, before)];
    if (candidate === null || reasons.some(isError)) {
      job.status = "Failed";
      return;
    }
    await test(job, candidate, files);
    await goOn(job);
    if (isRefusedByTests(job)) {
      job.status = "Failed";
      return;
    }
    if (!job.options.checkOnly) {
      put(target, change, candidate);
      isKept = true;
    }
    job.status = "Succeeded";
  } finally {
    if (!isKept) folder.drop(state);
  }
}

/** Candidate of the change; its failures go to the reasons. */
async function tryOut(
  org: Org,
  change: Change,
  after: readonly SourceFile[],
  reasons: DeployMessage[],
): Promise<Candidate | null> {
  const built = await buildCandidate(org, change);
  if (!Array.isArray(built)) return built;
  reasons.push(...blameDeletions(built, change.deletions, change.files, textIn(after)));
  return null;
}

/** Rows of custom metadata are held to the rules when they are brought; later they are the admin's. */
function isRuled(brought: readonly SourceFile[]): (file: SourceFile) => boolean {
  const own = new Set(brought.map(({ path }) => path));
  return ({ path, component }) => component.type !== "CustomMetadata" || own.has(path);
}

function isError({ problemType }: DeployMessage): boolean {
  return problemType === "Error";
}

/** Between two steps others get their turn, and the job may be called off. */
async function goOn(job: DeployJob): Promise<void> {
  await nextTurn();
  if (job.status === "Canceling") throw new CanceledError();
}

function isRefusedByTests({ tests, coverageWarnings }: DeployJob): boolean {
  const hasFailed = tests?.outcomes.some(({ passed }) => !passed) ?? false;
  return hasFailed || coverageWarnings.length > 0;
}

/** Classes to be tested that are not there, or hold no tests; in the words of the Tooling API. */
function unknownTests({ options }: DeployJob, { engine }: Candidate): DeployMessage[] {
  if (options.testLevel !== "RunSpecifiedTests") return [];
  const known = new Set(findTests(engine.program).map(({ info }) => info.name.toLowerCase()));
  return options.runTests
    .filter((name) => !known.has(name.toLowerCase()))
    .map((fullName) => {
      const problem = `This class name's value is invalid: ${fullName}. Provide the name of an Apex class that has test methods.`;
      return failure({ type: "ApexClass", fullName }, "", problem);
    });
}

async function test(
  job: DeployJob,
  { engine }: Candidate,
  files: readonly SourceFile[],
): Promise<void> {
  const { testLevel, runTests } = job.options;
  if (testLevel === "NoTestRun") return;
  const classNames = testLevel === "RunSpecifiedTests" ? runTests : null;
  job.tests = await runOrgTests({ engine, userId: job.userId, classNames }, (run) => {
    job.tests = run;
    return job.status !== "Canceling";
  });
  await goOn(job);
  job.coverageWarnings = coverageWarnings(job.tests.coverage, files, job.options);
}

/** In one turn of the event loop: no request sees half of it. */
function put(target: DeployTarget, change: Change, { sources }: Candidate): void {
  const { org, apex } = target;
  const old = { schema: org.schema, sourceDirs: org.sourceDirs };
  const start = org.store.savepoint();
  try {
    applyChange(org, change);
    const [refused] = putMetadataRows(org, change.files);
    if (refused) throw new Error(refused.problem);
    removeMetadataRows(org, change.deletions);
    apex.replaceSources(sources);
    writeApexRows(org, sources, change.userId);
  } catch (error) {
    org.store.rollbackTo(start);
    Object.assign(org, old);
    throw error;
  }
  org.store.commit();
  target.onDeployed(change.folder);
}

/** The org's files without what is taken and with what is brought. */
function filesAfter(
  before: readonly SourceFile[],
  deletions: readonly ComponentName[],
  files: readonly SourceFile[],
): SourceFile[] {
  const gone = deletions.flatMap(pathsOf);
  const stays = ({ path }: SourceFile): boolean =>
    !gone.some((taken) => (taken.endsWith("/") ? path.startsWith(taken) : path === taken));
  const after = new Map(before.filter(stays).map((file) => [file.path, file]));
  for (const file of files) after.set(file.path, file);
  return [...after.values()];
}

function textIn(files: readonly SourceFile[]): (name: ComponentName) => string {
  return (name) =>
    files
      .filter(({ component }) => keyOf(component) === keyOf(name))
      .map(({ content }) => content.toString("utf8"))
      .join("\n");
}

function componentsIn(files: readonly SourceFile[]): ComponentName[] {
  const seen = new Map(files.map(({ component }) => [keyOf(component), component]));
  return [...seen.values()];
}

function successes(
  files: readonly SourceFile[],
  deletions: readonly ComponentName[],
  before: readonly SourceFile[],
): DeployMessage[] {
  const known = new Map(before.map((file) => [file.path, file.content]));
  const there = new Set(before.map(({ component }) => keyOf(component)));
  const brought = componentsIn(files).map((name) => {
    const own = files.filter(({ component }) => keyOf(component) === keyOf(name));
    const isSame = own.every(({ path, content }) => known.get(path)?.equals(content) === true);
    const created = !there.has(keyOf(name));
    return success(name, own[0]?.deployedAs ?? "", { created, changed: !created && !isSame });
  });
  const deleted = deletions.map((name) =>
    success(name, "destructiveChanges.xml", { deleted: true }),
  );
  return [
    success({ type: "", fullName: "package.xml" }, "package.xml", { changed: true }),
    ...brought,
    ...deleted,
  ];
}

/** The org's files as they are, whether or not something was deployed yet. */
export function currentFiles({
  org,
  folder,
}: Pick<DeployTarget, "org" | "folder">): readonly SourceFile[] {
  return folder.read(org.sourceDirs);
}
