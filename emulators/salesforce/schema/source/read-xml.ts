import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { childrenNamed, parseXml, type XmlElement } from "../../xml.ts";

/** An element of a source file. Children are found by name, whichever order they stand in. */
export class XmlNode {
  readonly #element: XmlElement;

  constructor(element: XmlElement) {
    this.#element = element;
  }

  /** Marked `xsi:nil`, a custom metadata value that is blank on purpose. */
  get nil(): boolean {
    return this.#element.isNil;
  }

  /** Its own text without the white space around it; null when there is none. */
  get text(): string | null {
    const text = this.#element.text.trim();
    return text === "" ? null : text;
  }

  all(name: string): XmlNode[] {
    return childrenNamed(this.#element, name).map((child) => new XmlNode(child));
  }

  /** The text of the first such child; null when it is absent or empty. */
  value(name: string): string | null {
    return this.all(name)[0]?.text ?? null;
  }

  flag(name: string): boolean | null {
    const found = this.value(name);
    return found === null ? null : found === "true";
  }

  number(name: string): number | null {
    const found = this.value(name);
    return found === null ? null : Number(found);
  }
}

/**
 * Reads the root element of a source file.
 * @throws Error naming the file when it is not well-formed XML or has another root
 */
export function readXmlFile(path: string, rootName: string): XmlNode {
  return readXmlText(readFileSync(path, "utf8"), path, rootName);
}

/** The same of a file's text; the path is for messages. */
export function readXmlText(text: string, path: string, rootName: string): XmlNode {
  const root = parse(text, path);
  if (root.name !== rootName) throw new Error(`${path} has no <${rootName}> element.`);
  return new XmlNode(root);
}

function parse(text: string, path: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} is not well-formed XML: ${reason}`, { cause: error });
  }
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
