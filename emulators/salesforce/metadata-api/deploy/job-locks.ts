import type { Org } from "../../data/org.ts";
import { type ComponentName, keyOf, type SourceFile } from "../format/component.ts";
import { type DeployMessage, failure } from "./deploy-message.ts";

const locked = "This schedulable class has jobs pending or in progress";

/**
 * Classes that scheduled jobs hold: "By default, you can't deploy updates to an Apex class if there are
 * one or more active jobs for that class" (Metadata API Developer Guide, ApexClass), nor to what the class
 * refers to. A class that comes as it is there is no update.
 */
export function checkJobLocks(
  org: Org,
  files: readonly SourceFile[],
  deletions: readonly ComponentName[],
  before: readonly SourceFile[],
): DeployMessage[] {
  const scheduled = [...org.store.rows("CronTrigger")].flatMap(({ ApexClass }) =>
    typeof ApexClass === "string" ? [ApexClass.toLowerCase()] : [],
  );
  if (scheduled.length === 0) return [];
  const held = referredTo(scheduled, before);
  const isHeld = ({ type, fullName }: ComponentName): boolean =>
    type === "ApexClass" && held.has(fullName.toLowerCase());
  const known = new Map(before.map((file) => [file.path, file.content]));
  const changed = files.filter(
    ({ component, path, content }) =>
      path.endsWith(".cls") && isHeld(component) && known.get(path)?.equals(content) !== true,
  );
  return [
    ...changed.map((file) => failure(file.component, file.deployedAs, locked)),
    ...deletions.filter(isHeld).map((name) => failure(name, "destructiveChanges.xml", locked)),
  ].filter(
    (message, index, all) => all.findIndex((other) => nameOf(other) === nameOf(message)) === index,
  );
}

function nameOf({ componentType, fullName }: DeployMessage): string {
  return keyOf({ type: componentType, fullName });
}

/** These classes and all that their texts name, and so on. */
function referredTo(names: readonly string[], files: readonly SourceFile[]): Set<string> {
  const texts = new Map(
    files
      .filter(({ path }) => path.endsWith(".cls"))
      .map(({ component, content }) => [component.fullName.toLowerCase(), content]),
  );
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = texts.get(name);
    if (found.has(name) || !text) continue;
    found.add(name);
    const words = text.toString("utf8").match(/\b[A-Za-z]\w*\b/g) ?? [];
    open.push(
      ...new Set(words.map((word) => word.toLowerCase()).filter((word) => texts.has(word))),
    );
  }
  return found;
}
