import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { SaxesParser } from "saxes";

/** An element of a source file. Children are found by name, whichever order they stand in. */
export class XmlNode {
  private readonly children = new Map<string, XmlNode[]>();
  private content = "";

  /** `nil`: marked `xsi:nil`, a custom metadata value that is blank on purpose. */
  constructor(readonly nil: boolean) {}

  add(name: string, child: XmlNode): void {
    const same = this.children.get(name);
    if (same) same.push(child);
    else this.children.set(name, [child]);
  }

  addText(text: string): void {
    this.content += text;
  }

  /** Its own text without the white space around it; null when there is none. */
  get text(): string | null {
    const text = this.content.trim();
    return text === "" ? null : text;
  }

  all(name: string): XmlNode[] {
    return this.children.get(name) ?? [];
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
  const document = new XmlNode(false);
  const open = [document];
  const parser = new SaxesParser({ fileName: path });
  parser.on("error", (error) => {
    throw new Error(`${path} is not well-formed XML: ${error.message}`);
  });
  parser.on("opentag", (tag) => {
    const node = new XmlNode(tag.attributes["xsi:nil"] === "true");
    open.at(-1)?.add(tag.name, node);
    open.push(node);
  });
  parser.on("closetag", () => void open.pop());
  const addText = (text: string): void => open.at(-1)?.addText(text);
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text).close();
  const [root] = document.all(rootName);
  if (!root) throw new Error(`${path} has no <${rootName}> element.`);
  return root;
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
