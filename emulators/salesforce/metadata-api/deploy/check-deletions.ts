import type { Org } from "../../data/org.ts";
import { type ComponentName, keyOf, type SourceFile } from "../format/component.ts";
import { type DeployMessage, failure, warning } from "./deploy-message.ts";
import { isInOrg } from "./find-component.ts";

const manifest = "destructiveChanges.xml";

/** What of the deletions is there, what is not (a warning only), and what may not go. */
export function checkDeletions(
  org: Org,
  deletions: readonly ComponentName[],
  before: readonly SourceFile[],
): { readonly there: ComponentName[]; readonly messages: DeployMessage[] } {
  const there = deletions.filter((name) => isInOrg(org, before, name));
  const missing = deletions.filter((name) => !there.includes(name));
  return {
    there,
    messages: [
      ...missing.map((name) => warning(name, `No ${name.type} named: ${name.fullName} found`)),
      ...there.flatMap((name) => assigned(org, name)),
    ],
  };
}

/** An assigned permission set can't be deleted. */
function assigned(org: Org, name: ComponentName): DeployMessage[] {
  if (name.type !== "PermissionSet") return [];
  const set = [...org.store.rows("PermissionSet")].find(({ Name }) => Name === name.fullName);
  const isAssigned = [...org.store.rows("PermissionSetAssignment")].some(
    ({ PermissionSetId, IsDeleted }) => PermissionSetId === set?.Id && IsDeleted !== true,
  );
  if (!isAssigned) return [];
  const problem = `You can't delete the permission set ${name.fullName}: it is assigned to one or more users.`;
  return [failure(name, manifest, problem)];
}

const labels: Readonly<Record<string, string>> = {
  ApexClass: "apex class",
  ApexTrigger: "apex trigger",
  CustomField: "custom field",
  CustomObject: "custom object",
  LightningComponentBundle: "Lightning component",
};
const sources: Readonly<Record<string, string>> = {
  ApexClass: "Apex Class",
  ApexTrigger: "Apex Trigger",
  LightningComponentBundle: "Lightning Component Bundle",
  PermissionSet: "Permission Set",
};

/**
 * Turns failures of components that stay into failures of those that go and that they use.
 * @param text all that a component that stays is made of, to see what it names
 */
export function blameDeletions(
  failures: readonly DeployMessage[],
  deletions: readonly ComponentName[],
  brought: readonly SourceFile[],
  text: (name: ComponentName) => string,
): DeployMessage[] {
  const own = new Set(brought.map(({ component }) => keyOf(component)));
  return failures.map((found) => {
    const user = { type: found.componentType, fullName: found.fullName };
    if (deletions.length === 0 || own.has(keyOf(user))) return found;
    const words = `${found.problem ?? ""} ${text(user)}`;
    const used = deletions.find(({ fullName }) => names(words, fullName.split(".").at(-1) ?? ""));
    if (!used) return found;
    const what = labels[used.type] ?? used.type;
    const problem = `This ${what} is referenced elsewhere in salesforce.com.  Remove the usage and try again. : ${sources[user.type] ?? user.type} - ${user.fullName}.`;
    return failure(used, manifest, problem);
  });
}

function names(text: string, name: string): boolean {
  return new RegExp(`\\b${name.replace(/[^\w]/g, ".")}\\b`, "i").test(text);
}
