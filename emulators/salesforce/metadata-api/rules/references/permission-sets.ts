import type { Finding } from "../finding.ts";
import {
  type Component,
  type Components,
  componentsOf,
  fieldExists,
  findField,
  hasComponent,
  objectExists,
} from "../components.ts";
import { childrenNamed, childText, type XmlElement } from "../../../xml.ts";

/** Salesforce grants these by itself and refuses a permission set that names them. */
const requiredStandardFields = ["Id", "Name", "OwnerId", "CreatedById", "LastModifiedById"];
const neverGranted = ["MasterDetail"];

/** Lists of a permission set that name a component: list, naming element, file suffix and type of the component. */
const namedComponents = [
  ["classAccesses", "apexClass", "cls", "ApexClass"],
  ["customPermissions", "name", "customPermission", "CustomPermission"],
  ["customMetadataTypeAccesses", "name", "object", "CustomObject"],
  ["applicationVisibilities", "application", "app", "CustomApplication"],
] as const;

/** Permission sets name what exists, grant no required field, and keep their grants consistent. */
export async function checkPermissionSets(components: Components): Promise<Finding[]> {
  const findings = await Promise.all(
    componentsOf(components, "permissionset").map((set) => checkPermissionSet(set, components)),
  );
  return findings.flat();
}

async function checkPermissionSet(
  { file, element }: Component,
  components: Components,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const report = (at: XmlElement, message: string) => {
    findings.push({ file, line: at.line, message });
  };
  for (const [list, nameElement, suffix, type] of namedComponents) {
    for (const entry of childrenNamed(element, list)) {
      const name = childText(entry, nameElement) ?? "";
      if (!hasComponent(components, suffix, name) && !name.startsWith("standard__")) {
        report(entry, `names ${name}, which the package does not have (${nameElement}, ${type})`);
      }
    }
  }
  for (const tab of childrenNamed(element, "tabSettings")) {
    const name = childText(tab, "tab") ?? "";
    if (!name.startsWith("standard-") && !hasComponent(components, "tab", name)) {
      report(tab, `names the tab ${name}, which the package does not have`);
    }
  }
  for (const grant of childrenNamed(element, "objectPermissions")) {
    for (const message of await checkObjectGrant(grant, components)) report(grant, message);
  }
  for (const grant of childrenNamed(element, "fieldPermissions")) {
    for (const message of await checkFieldGrant(grant, components)) report(grant, message);
  }
  for (const entry of duplicates(element)) report(entry, "grants the same twice");
  return findings;
}

async function checkObjectGrant(grant: XmlElement, components: Components): Promise<string[]> {
  const object = childText(grant, "object") ?? "";
  const allows = (name: string) => childText(grant, name) === "true";
  const problems: string[] = [];
  if (!(await objectExists(components, object))) problems.push(`names an unknown object ${object}`);
  if (["allowCreate", "allowEdit", "allowDelete"].some(allows) && !allows("allowRead")) {
    problems.push(`${object}: create, edit and delete need read`);
  }
  if (allows("allowDelete") && !allows("allowEdit")) problems.push(`${object}: delete needs edit`);
  if (allows("modifyAllRecords") && !(allows("allowDelete") && allows("viewAllRecords"))) {
    problems.push(`${object}: modify all needs delete and view all`);
  }
  if (object.endsWith("__e") && (allows("allowEdit") || allows("allowDelete"))) {
    problems.push(`${object}: an event can only be created and read`);
  }
  return problems;
}

async function checkFieldGrant(grant: XmlElement, components: Components): Promise<string[]> {
  const [object = "", name = ""] = (childText(grant, "field") ?? "").split(".");
  const problems: string[] = [];
  if (!(await fieldExists(components, object, name))) {
    return [`names an unknown field ${object}.${name}`];
  }
  const field = findField(components, object, name);
  if (
    requiredStandardFields.includes(name) ||
    (field && (isRequired(field) || neverGranted.includes(field.type)))
  ) {
    problems.push(`${object}.${name} is required, so it cannot be granted`);
  }
  if (/__(e|mdt)$/.test(object)) problems.push(`${object} has no field permissions`);
  const isEditable = childText(grant, "editable") === "true";
  if (isEditable && childText(grant, "readable") !== "true") {
    problems.push(`${object}.${name}: editable needs readable`);
  }
  if (isEditable && field && childText(field.element, "formula") !== undefined) {
    problems.push(`${object}.${name} is a formula and cannot be editable`);
  }
  return problems;
}

/** A field that no permission set grants can be seen only through a profile: no rule of Salesforce. */
export function checkGrants(components: Components): Finding[] {
  const granted = new Set(
    componentsOf(components, "permissionset")
      .flatMap(({ element }) => childrenNamed(element, "fieldPermissions"))
      .map((grant) => childText(grant, "field")),
  );
  return components.fields
    .filter(({ object }) => !/__(e|mdt)$/.test(object))
    .filter((field) => !isRequired(field) && !neverGranted.includes(field.type))
    .filter(({ object, name }) => !granted.has(`${object}.${name}`))
    .map(({ file, object, name }) => ({
      file,
      message: `no permission set grants ${object}.${name}`,
    }));
}

function isRequired({ element }: Component): boolean {
  return childText(element, "required") === "true";
}

function duplicates(element: XmlElement): XmlElement[] {
  const seen = new Set<string>();
  return element.children.filter((entry) => {
    const what = ["field", "object", "apexClass", "name", "tab", "application"]
      .map((name) => childText(entry, name))
      .find((name) => name !== undefined);
    if (what === undefined) return false;
    const key = `${entry.name} ${what}`;
    const isDuplicate = seen.has(key);
    seen.add(key);
    return isDuplicate;
  });
}
