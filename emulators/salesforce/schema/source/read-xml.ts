import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { XMLParser } from "fast-xml-parser";

/**
 * Salesforce source XML as lists of children: every element is an array, because most may repeat
 * and their number says nothing about their kind.
 */
export interface XmlNode {
  readonly text: string | null;
  /** The `xsi:type` or `xsi:nil` marks of custom metadata values. */
  readonly nil: boolean;
  all(name: string): XmlNode[];
  /** The text of the first such child, trimmed; null when it is absent. */
  value(name: string): string | null;
  flag(name: string): boolean | null;
  number(name: string): number | null;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  alwaysCreateTextNode: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

type Raw = Readonly<Record<string, unknown>>;

function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrap(raw: Raw): XmlNode {
  const all = (name: string): XmlNode[] => {
    const children = raw[name];
    return Array.isArray(children) ? children.filter(isRaw).map(wrap) : [];
  };
  const value = (name: string): string | null => all(name)[0]?.text ?? null;
  const text = raw["#text"];
  return {
    text: typeof text === "string" ? text : null,
    nil: raw["@xsi:nil"] === "true",
    all,
    value,
    flag: (name) => {
      const found = value(name);
      return found === null ? null : found === "true";
    },
    number: (name) => {
      const found = value(name);
      return found === null ? null : Number(found);
    },
  };
}

/**
 * Reads the root element of a source file.
 * @throws Error naming the file when it is not well-formed XML or has another root
 */
export function readXmlFile(path: string, rootName: string): XmlNode {
  let parsed: unknown;
  try {
    parsed = parser.parse(readFileSync(path, "utf8"), true);
  } catch (error) {
    throw new Error(`${path} is not well-formed XML. Correct it and start again.`, {
      cause: error,
    });
  }
  const roots = isRaw(parsed) ? parsed[rootName] : undefined;
  const root: unknown = Array.isArray(roots) ? roots[0] : undefined;
  if (!isRaw(root)) throw new Error(`${path} has no <${rootName}> element.`);
  return wrap(root);
}

/** Files of a folder that end in `suffix`, in order of name; none when the folder is missing. */
export function listSourceFiles(folder: string, suffix: string): { path: string; name: string }[] {
  return listNames(folder)
    .filter((name) => name.endsWith(suffix))
    .map((name) => ({ path: join(folder, name), name: basename(name, suffix) }));
}

export function listFolders(folder: string): { path: string; name: string }[] {
  return listNames(folder)
    .map((name) => ({ path: join(folder, name), name }))
    .filter((entry) => statSync(entry.path).isDirectory());
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
