import { childrenNamed, childText, type XmlElement } from "../../../xml.ts";

/** The API names of a picklist field's own values. */
export function picklistValues(field: XmlElement): string[] {
  return valueElements(field).map((value) => childText(value, "fullName") ?? "");
}

/** A picklist's values are distinct, and at most one is the default. */
export function checkValueSet(field: XmlElement): string[] {
  const names = picklistValues(field).map((name) => name.toLowerCase());
  const problems = names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `the picklist value ${name} stands twice`);
  const defaults = valueElements(field).filter((value) => childText(value, "default") === "true");
  if (defaults.length > 1) problems.push("a picklist has at most one default value");
  return problems;
}

function valueElements(field: XmlElement): XmlElement[] {
  return childrenNamed(field, "valueSet")
    .flatMap((set) => childrenNamed(set, "valueSetDefinition"))
    .flatMap((definition) => childrenNamed(definition, "value"));
}
