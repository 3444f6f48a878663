import path from "node:path";
import { filesNamed, type PackageSource } from "./package-source.ts";
import { openStandardFields, type StandardFields } from "./standard/standard-fields.ts";
import { childText, readWellFormedXml, type XmlElement } from "../../xml.ts";

/** One `-meta.xml` file. */
export interface Component {
  readonly file: string;
  /** The name that the file's own name gives, without directory and suffix. */
  readonly name: string;
  readonly element: XmlElement;
}

export interface FieldComponent extends Component {
  readonly object: string;
  /** `Text`, `Lookup`, …; empty when the file names none. */
  readonly type: string;
}

/** The package as its parts refer to each other. Files that are no XML are left to the type check. */
export interface Components {
  /** Components by file suffix, such as `permissionset`. */
  readonly bySuffix: ReadonlyMap<string, readonly Component[]>;
  readonly fields: readonly FieldComponent[];
  readonly standardFields: StandardFields;
  readonly source: PackageSource;
}

const metaFile = /([^/]+)\.([^./]+)-meta\.xml$/;

/** Reads every `-meta.xml` of the package. */
export async function readComponents(source: PackageSource): Promise<Components> {
  const bySuffix = new Map<string, Component[]>();
  const fields: FieldComponent[] = [];
  for (const { path: file, text } of filesNamed(source, "-meta.xml")) {
    const [, name, suffix] = metaFile.exec(file) ?? [];
    const element = readWellFormedXml(text);
    if (name === undefined || suffix === undefined || !element) continue;
    const component = { file, name, element };
    bySuffix.set(suffix, [...(bySuffix.get(suffix) ?? []), component]);
    if (suffix === "field") {
      fields.push({
        ...component,
        object: objectOf(file),
        type: childText(element, "type") ?? "",
      });
    }
  }
  return { bySuffix, fields, standardFields: await openStandardFields(), source };
}

/** The object whose folder a decomposed file lies in: `objects/<object>/fields/…`. */
export function objectOf(file: string): string {
  return path.basename(path.dirname(path.dirname(file)));
}

export function componentsOf(components: Components, suffix: string): readonly Component[] {
  return components.bySuffix.get(suffix) ?? [];
}

/** Whether the package has a component of that kind and name. */
export function hasComponent(components: Components, suffix: string, name: string): boolean {
  return componentsOf(components, suffix).some((component) => component.name === name);
}

export function findField(
  components: Components,
  object: string,
  name: string,
): FieldComponent | undefined {
  return components.fields.find((field) => field.object === object && field.name === name);
}

/** Whether an object is Salesforce's own or defined by the package. */
export async function objectExists(components: Components, object: string): Promise<boolean> {
  if (hasComponent(components, "object", object)) return true;
  return (await components.standardFields(object)) !== undefined;
}

/** Whether a field is Salesforce's own or defined by the package. */
export async function fieldExists(
  components: Components,
  object: string,
  name: string,
): Promise<boolean> {
  if (findField(components, object, name)) return true;
  return (await components.standardFields(object))?.has(name) ?? false;
}
