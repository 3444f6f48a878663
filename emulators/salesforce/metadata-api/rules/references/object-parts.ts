import type { Finding } from "../finding.ts";
import {
  type Component,
  type Components,
  componentsOf,
  fieldExists,
  objectExists,
  objectOf,
} from "../components.ts";
import { childrenNamed, childText, type XmlElement } from "../../../xml.ts";

/** List views, validation rules and layouts name fields that exist. */
export async function checkObjectParts(components: Components): Promise<Finding[]> {
  const findings: Finding[] = [];
  const requireField = async (part: Component, object: string, { text, line }: XmlElement) => {
    const name = text.trim();
    // Standard fields have names of their own in views and layouts; custom ones keep theirs.
    if (name.endsWith("__c") && !(await fieldExists(components, object, name))) {
      findings.push({ file: part.file, line, message: `${object} has no field ${name}` });
    }
  };
  for (const view of componentsOf(components, "listView")) {
    const filters = childrenNamed(view.element, "filters");
    const named = [
      ...childrenNamed(view.element, "columns"),
      ...filters.flatMap((filter) => childrenNamed(filter, "field")),
    ];
    for (const field of named) await requireField(view, objectOf(view.file), field);
  }
  for (const rule of componentsOf(components, "validationRule")) {
    for (const field of childrenNamed(rule.element, "errorDisplayField")) {
      await requireField(rule, objectOf(rule.file), field);
    }
  }
  for (const layout of componentsOf(components, "layout")) {
    const object = layout.name.split("-")[0] ?? "";
    if (!(await objectExists(components, object))) {
      findings.push({ file: layout.file, message: `is a layout of an unknown object ${object}` });
    }
    for (const item of layoutItems(layout.element)) {
      for (const field of childrenNamed(item, "field")) await requireField(layout, object, field);
    }
    findings.push(...requiredFieldsLeftOut(layout, object, components));
    findings.push(...requiredFieldsShownOtherwise(layout, object, components));
  }
  return findings;
}

/** No user could save a record through a layout that lacks a required field. */
function requiredFieldsLeftOut(
  { file, element }: Component,
  object: string,
  components: Components,
): Finding[] {
  const shown = layoutItems(element).map((item) => childText(item, "field"));
  return [...requiredFieldsOf(object, components)]
    .filter((name) => !shown.includes(name))
    .map((name) => ({ file, message: `the required field ${name} is not on the layout` }));
}

/**
 * A universally required field is always Required on a layout: a deploy refuses `Readonly` and
 * `Edit` with this text (Salesforce Help, "Considerations for Universally Required Fields").
 */
function requiredFieldsShownOtherwise(
  { file, element }: Component,
  object: string,
  components: Components,
): Finding[] {
  const required = requiredFieldsOf(object, components);
  return layoutItems(element)
    .filter((item) => required.has(childText(item, "field") ?? ""))
    .filter((item) => childText(item, "behavior") !== "Required")
    .map((item) => ({
      file,
      line: item.line,
      message: `Field:${childText(item, "field")} must be Required`,
    }));
}

function requiredFieldsOf(object: string, components: Components): Set<string> {
  return new Set(
    components.fields
      .filter((field) => field.object === object)
      .filter((field) => childText(field.element, "required") === "true")
      .map(({ name }) => name),
  );
}

function layoutItems(layout: XmlElement): XmlElement[] {
  return childrenNamed(layout, "layoutSections")
    .flatMap((section) => childrenNamed(section, "layoutColumns"))
    .flatMap((column) => childrenNamed(column, "layoutItems"));
}
