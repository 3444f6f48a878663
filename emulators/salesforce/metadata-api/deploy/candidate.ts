import { ApexEngine, type ApexSources, readOrgApex } from "../../apex/engine.ts";
import { ApexCompileError, ApexCompileErrors } from "../../../apex/index.ts";
import type { Org } from "../../data/org.ts";
import type { OrgSchema } from "../../schema/org-schema.ts";
import { auditOf, writeSetupRows } from "../../setup/setup-rows.ts";
import { type ComponentName, keyOf, type SourceFile } from "../format/component.ts";
import { type DeployMessage, failure, fileFailure } from "./deploy-message.ts";
import { putMetadataRows } from "./metadata-rows.ts";

/** The org as it would be after a deployment, to try it out: nothing of it is the org's yet. */
export interface Candidate {
  readonly org: Org;
  readonly engine: ApexEngine;
  readonly sources: ApexSources;
}

/** What a deployment puts into an org, once its files are in a folder. */
export interface Change {
  readonly folder: string;
  readonly files: readonly SourceFile[];
  readonly deletions: readonly ComponentName[];
  readonly userId: string;
}

/**
 * Builds the org anew with the change.
 * @returns the failures of what can't be built
 */
export async function buildCandidate(
  live: Org,
  change: Change,
): Promise<Candidate | DeployMessage[]> {
  const { folder, files } = change;
  const fork = live.fork();
  try {
    applyChange(fork, change);
  } catch (error) {
    return failuresOf(error, folder, files);
  }
  const refused = putMetadataRows(fork, files);
  if (refused.length > 0) return refused;
  try {
    const sources = await readOrgApex({ sourceDirs: [folder], root: folder });
    const engine = new ApexEngine(fork, sources);
    engine.installTriggers();
    return { org: fork, engine, sources };
  } catch (error) {
    return failuresOf(error, folder, files);
  }
}

/**
 * Puts a change's metadata into an org, but for Apex and rows of custom metadata.
 * @throws Error naming the file that can't be read
 */
export function applyChange(org: Org, { folder, files, deletions, userId }: Change): void {
  const touched = new Set([...files.map(({ component }) => component), ...deletions].map(keyOf));
  const before = org.schema;
  org.rebuild([folder], touched);
  writeSetupRows(org, auditOf(org, userId));
  hideNewFields(org, before);
  for (const object of before.objects()) {
    const now = org.schema.object(object.name);
    if (!now) {
      for (const row of [...org.store.rows(object.name)]) org.store.remove(object.name, row.Id);
      continue;
    }
    const gone = [...object.fields.values()].filter(
      ({ name }) => !now.fields.has(name.toLowerCase()),
    );
    if (gone.length > 0) blankFields(org, object.name, new Set(gone.map(({ name }) => name)));
  }
}

/** Fields come without any profile's permission; required ones need none. */
function hideNewFields(org: Org, before: OrgSchema): void {
  for (const object of org.schema.objects()) {
    if (object.kind !== "custom" && object.kind !== "standard") continue;
    for (const field of object.fields.values()) {
      const isRequired = field.createable && !field.nillable && field.type !== "boolean";
      if (!field.custom || isRequired || before.field(object.name, field.name)) continue;
      org.hiddenFields.add(`${object.name}.${field.name}`.toLowerCase());
    }
  }
}

/** What a deleted field held is gone with it. */
function blankFields(org: Org, objectName: string, names: ReadonlySet<string>): void {
  for (const row of [...org.store.rows(objectName)]) {
    const kept = Object.entries(row).filter(([name]) => !names.has(name));
    org.store.put(objectName, { ...Object.fromEntries(kept), Id: row.Id });
  }
}

function failuresOf(error: unknown, folder: string, files: readonly SourceFile[]): DeployMessage[] {
  const others = error instanceof ApexCompileErrors ? error.others : [];
  return [error, ...others].map((one) => failureOf(one, folder, files));
}

/** The failure of the component whose file the error names. */
function failureOf(error: unknown, folder: string, files: readonly SourceFile[]): DeployMessage {
  if (error instanceof ApexCompileError) {
    const { file: path, line, column } = error.position;
    const file = files.find((brought) => brought.path === path);
    if (file) return fileFailure(file, error.problem, { line, column });
    const name = path.replace(/^.*\/|\.\w+$/g, "");
    const type = path.endsWith(".trigger") ? "ApexTrigger" : "ApexClass";
    // A class that was there compiles no more, as the deployment would change what it uses.
    const problem = `Dependent class is invalid and needs recompilation:\n Class ${name} : ${error.problem}`;
    return failure({ type, fullName: name }, path, problem, { line, column });
  }
  const text = (error instanceof Error ? error.message : String(error)).replaceAll(
    `${folder}/`,
    "",
  );
  const file = files.find(({ path }) => text.includes(path));
  const problem = file ? text.replace(file.path, "").replace(/^\s*:\s*/, "") : text;
  return file
    ? fileFailure(file, problem)
    : failure({ type: "", fullName: "package.xml" }, "package.xml", problem);
}
