import type { Finding } from "./finding.ts";
import { filesNamed, type PackageSource } from "./package-source.ts";
import { loadTypeModel, type PropertyModel, type TypeModel } from "./type-model.ts";
import { METADATA_NAMESPACE, parseXml, XmlSyntaxError, type XmlElement } from "../../xml.ts";

let loadedModel: TypeModel | undefined;

/**
 * Checks every `-meta.xml` file against the Metadata API's types: known elements and values, nothing
 * required missing, nothing single repeated, the items of a list side by side (a deploy refuses a list
 * that is split).
 */
export function checkMetadataTypes(source: PackageSource): Finding[] {
  const model = (loadedModel ??= loadTypeModel());
  return filesNamed(source, "-meta.xml").flatMap(({ path, text }) =>
    checkDocument(text, model).map((problem) => ({ file: path, ...problem })),
  );
}

type Problem = Omit<Finding, "file">;

function checkDocument(text: string, model: TypeModel): Problem[] {
  let root: XmlElement;
  try {
    root = parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    return [{ message: `not well-formed XML, ${error.message}` }];
  }
  const structure = model.structures.get(root.name);
  if (!structure) return [{ line: root.line, message: `unknown metadata type ${root.name}` }];
  if (root.namespace !== METADATA_NAMESPACE) {
    return [
      { line: root.line, message: `${root.name} must be in the namespace ${METADATA_NAMESPACE}` },
    ];
  }
  return checkStructure(root, root.name, structure, model);
}

function checkStructure(
  element: XmlElement,
  typeName: string,
  properties: ReadonlyMap<string, PropertyModel>,
  model: TypeModel,
): Problem[] {
  const problems: Problem[] = checkPlainness(element);
  if (element.text.trim() !== "") {
    problems.push({ line: element.line, message: `${element.name} holds text beside elements` });
  }
  const namesSoFar: string[] = [];
  for (const child of element.children) {
    const property = properties.get(child.name);
    if (!property) {
      problems.push({ line: child.line, message: `${typeName} has no element ${child.name}` });
    } else {
      const isRepeated = namesSoFar.includes(child.name);
      if (isRepeated && !property.isList) {
        problems.push({ line: child.line, message: `${child.name} may stand here only once` });
      } else if (isRepeated && namesSoFar.at(-1) !== child.name) {
        problems.push({ line: child.line, message: `all ${child.name} must stand side by side` });
      }
      if (!opaqueElements.has(child.name)) {
        problems.push(...checkValue(child, property.type, model));
      }
    }
    namesSoFar.push(child.name);
  }
  for (const [name, property] of properties) {
    if (property.isRequired && !namesSoFar.includes(name)) {
      problems.push({ line: element.line, message: `${typeName} lacks ${name}` });
    }
  }
  return problems;
}

/** The WSDL calls these text; in source files they hold elements that it does not describe. */
const opaqueElements = new Set(["targetConfigs"]);

function checkValue(element: XmlElement, type: string, model: TypeModel): Problem[] {
  const structure = model.structures.get(type);
  if (structure) return checkStructure(element, type, structure, model);
  const problems = type === "any" ? [] : checkPlainness(element);
  if (element.children.length > 0) {
    problems.push({ line: element.line, message: `${element.name} may hold text only` });
    return problems;
  }
  const value = element.text.trim();
  if (!fits(value, type, model)) {
    const allowed = model.enumerations.get(type);
    const hint = allowed ? `one of ${[...allowed].slice(0, 30).join(", ")} (${type})` : `a ${type}`;
    problems.push({
      line: element.line,
      message: `${element.name} is "${value}" and should be ${hint}`,
    });
  }
  return problems;
}

function fits(value: string, type: string, model: TypeModel): boolean {
  switch (type) {
    case "boolean":
      return value === "true" || value === "false";
    case "number":
      return /^-?\d+(\.\d+)?$/.test(value);
    case "Date":
      return /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(value);
    default:
      return model.enumerations.get(type)?.has(value) ?? true;
  }
}

function checkPlainness(element: XmlElement): Problem[] {
  const problems: Problem[] = element.otherAttributes.map((attribute) => ({
    line: element.line,
    message: `${element.name} has the attribute ${attribute}, which metadata does not know`,
  }));
  if (element.schemaType !== undefined || element.isNil) {
    problems.push({
      line: element.line,
      message: `${element.name} takes no xsi:type or xsi:nil`,
    });
  }
  return problems;
}
