import type { Finding } from "../finding.ts";
import { type Components, type FieldComponent, findField } from "../components.ts";
import { childText } from "../../../xml.ts";
import { checkValueSet } from "./value-sets.ts";

interface TypeRule {
  readonly needs: readonly string[];
  /** Elements that make sense for some types only and that this type accepts. */
  readonly accepts?: readonly string[];
}

/**
 * What each field type needs and accepts, from "CustomField" in the Metadata API Developer Guide.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm
 */
const typeRules: Readonly<Record<string, TypeRule>> = {
  AutoNumber: { needs: ["displayFormat"], accepts: ["externalId", "startingNumber"] },
  Checkbox: { needs: ["defaultValue"] },
  Currency: { needs: ["precision", "scale"] },
  Date: { needs: [] },
  DateTime: { needs: [] },
  Email: { needs: [], accepts: ["unique", "externalId", "caseSensitive"] },
  Html: { needs: ["length", "visibleLines"] },
  LongTextArea: { needs: ["length", "visibleLines"] },
  Lookup: { needs: ["referenceTo", "relationshipName"], accepts: ["deleteConstraint"] },
  MasterDetail: { needs: ["referenceTo", "relationshipName"] },
  MetadataRelationship: {
    needs: ["referenceTo", "relationshipName"],
    accepts: ["metadataRelationshipControllingField"],
  },
  MultiselectPicklist: { needs: ["valueSet", "visibleLines"] },
  Number: { needs: ["precision", "scale"], accepts: ["unique", "externalId"] },
  Percent: { needs: ["precision", "scale"] },
  Phone: { needs: [] },
  Picklist: { needs: ["valueSet"] },
  Text: { needs: ["length"], accepts: ["unique", "externalId", "caseSensitive"] },
  TextArea: { needs: [] },
  Time: { needs: [] },
  Url: { needs: [] },
};

const boundToTypes = [
  "length",
  "precision",
  "scale",
  "visibleLines",
  "valueSet",
  "referenceTo",
  "relationshipName",
  "deleteConstraint",
  "metadataRelationshipControllingField",
  "displayFormat",
];
const switches = ["unique", "externalId", "caseSensitive"];
const neverRequired = ["Checkbox", "LongTextArea", "Html", "AutoNumber"];
const lengths: Readonly<Record<string, readonly [number, number]>> = {
  Text: [1, 255],
  LongTextArea: [256, 131_072],
  Html: [256, 131_072],
};

/** Every field has what its type needs, within Salesforce's bounds, and nothing of another type. */
export function checkFieldAttributes(components: Components): Finding[] {
  return components.fields.flatMap((field) =>
    problemsOf(field, components).map((message) => ({ file: field.file, message })),
  );
}

function problemsOf(field: FieldComponent, components: Components): string[] {
  const { element, type } = field;
  const rule = typeRules[type];
  if (!rule) return [`the check knows no field type "${type}"`];
  const has = (name: string) => childText(element, name) !== undefined;
  const isOn = (name: string) => childText(element, name) === "true";
  const accepted = [...rule.needs, ...(rule.accepts ?? [])];
  const isFormula = has("formula");
  const problems = [
    ...(isFormula ? [] : rule.needs.filter((name) => !has(name)).map((n) => `lacks ${n}`)),
    ...boundToTypes.filter((name) => has(name) && !accepted.includes(name)).map((n) => `has ${n}`),
    ...switches.filter((name) => isOn(name) && !accepted.includes(name)).map((n) => `has ${n}`),
  ].map((problem) => `a ${type} field ${problem}`);
  if (isOn("required") && (neverRequired.includes(type) || isFormula)) {
    problems.push(`a ${type} field cannot be required`);
  }
  if (isOn("caseSensitive") && !isOn("unique")) {
    problems.push("caseSensitive has no effect without unique");
  }
  return [
    ...problems,
    ...checkNumbers(field),
    ...checkValueSet(element),
    ...checkControllingField(field, components),
  ];
}

function checkNumbers({ element, type }: FieldComponent): string[] {
  const problems: string[] = [];
  const number = (name: string) => Number(childText(element, name) ?? NaN);
  const [shortest, longest] = lengths[type] ?? [0, Infinity];
  if (number("length") < shortest || number("length") > longest) {
    problems.push(`a ${type} field has a length from ${shortest} to ${longest}`);
  }
  if (number("precision") > 18 || number("scale") > number("precision")) {
    problems.push("precision is at most 18 and scale at most precision");
  }
  return problems;
}

function checkControllingField(field: FieldComponent, components: Components): string[] {
  const { element, object } = field;
  if (!["FieldDefinition", "EntityParticle"].includes(childText(element, "referenceTo") ?? "")) {
    return [];
  }
  const [controllingObject, controllingName] = (
    childText(element, "metadataRelationshipControllingField") ?? ""
  ).split(".");
  const controlling = findField(components, controllingObject ?? "", controllingName ?? "");
  return controllingObject === object &&
    controlling &&
    childText(controlling.element, "referenceTo") === "EntityDefinition"
    ? []
    : ["needs a controlling field of the same object that refers to EntityDefinition"];
}
