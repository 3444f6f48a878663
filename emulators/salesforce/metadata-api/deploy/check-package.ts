import { type ComponentName, keyOf } from "../format/component.ts";
import { isKnownType } from "../format/component-types.ts";
import { type DeployMessage, failure } from "./deploy-message.ts";
import type { DeployPackage } from "./read-package.ts";

/** Files that belong together with the manifest, and nothing beside it. */
export function checkPackage({
  files,
  strays,
  members,
  deletions,
}: DeployPackage): DeployMessage[] {
  const none = { type: "", fullName: "" };
  const found = strays.map(({ path, problem, ...place }) =>
    failure({ ...none, fullName: path }, path, problem, place),
  );
  const unknown = [...(members ?? []), ...deletions].filter(({ type }) => !isKnownType(type));
  const notHere = unknown.map((name) =>
    failure(name, "package.xml", "Not available for deploy for this organization"),
  );
  if (members === null) return [...found, ...notHere];
  const named = members.map(plain);
  return [...found, ...notHere, ...missing(named, files), ...unnamed(named, files)];
}

type Files = DeployPackage["files"];

function missing(members: readonly ComponentName[], files: Files): DeployMessage[] {
  const brought = new Set(files.flatMap((file) => [keyOf(file.component), keyOf(holderOf(file))]));
  return members
    .filter(({ type, fullName }) => isKnownType(type) && fullName !== "*")
    .filter((name) => !brought.has(keyOf(name)))
    .map((name) => {
      const what = `An object '${name.fullName}' of type ${name.type} was named in package.xml`;
      return failure(name, "package.xml", `${what}, but was not found in zipped directory`);
    });
}

function unnamed(members: readonly ComponentName[], files: Files): DeployMessage[] {
  const named = new Set(members.map(keyOf));
  const all = new Set(members.filter(({ fullName }) => fullName === "*").map(({ type }) => type));
  const isNamed = (name: ComponentName): boolean => named.has(keyOf(name)) || all.has(name.type);
  const seen = new Set<string>();
  return files
    .filter((file) => !isNamed(file.component) && !isNamed(holderOf(file)))
    .filter(({ deployedAs }) => !seen.has(deployedAs) && seen.add(deployedAs))
    .map(({ component, deployedAs }) => failure(component, deployedAs, "Not in package.xml"));
}

/** Folders are named with a slash at their end. */
function plain({ type, fullName }: ComponentName): ComponentName {
  return { type, fullName: fullName.replace(/\/$/, "") };
}

/** The component that the file's component is a part of; itself when it is none's part. */
function holderOf({ component, deployedAs }: Files[number]): ComponentName {
  if (component.type === "CustomLabel") return { type: "CustomLabels", fullName: "CustomLabels" };
  if (!deployedAs.endsWith(".object")) {
    // A folder of reports is named among the reports.
    return component.type === "ReportFolder" ? { ...component, type: "Report" } : component;
  }
  return { type: "CustomObject", fullName: component.fullName.split(".")[0] ?? "" };
}
