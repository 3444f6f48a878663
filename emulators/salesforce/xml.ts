/** The one reader of XML: of what is deployed, of source files, and of SOAP. */
import { SaxesParser } from "saxes";

export const METADATA_NAMESPACE = "http://soap.sforce.com/2006/04/metadata";
const SCHEMA_INSTANCE_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";

export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly line: number;
  /** `xsi:type` without resolving its prefix, for example `xsd:boolean`. */
  readonly schemaType: string | undefined;
  /** `xsi:nil="true"`. */
  readonly isNil: boolean;
  /** Attributes other than `xsi:type`, `xsi:nil` and namespace declarations. */
  readonly otherAttributes: readonly string[];
  readonly children: XmlElement[];
  /** Where it begins and ends in the document, and what is in it. */
  readonly start: number;
  readonly innerStart: number;
  innerEnd: number;
  end: number;
  /** Text directly in this element, not trimmed. */
  text: string;
}

export class XmlSyntaxError extends Error {
  override readonly name = "XmlSyntaxError";
}

/**
 * Reads one XML document with the line of every element.
 * @throws {XmlSyntaxError} when it is not well-formed; the message starts with `line:column`.
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let start = 0;
  parser.on("error", (error) => {
    throw new XmlSyntaxError(error.message);
  });
  parser.on("opentagstart", ({ name }) => {
    start = text.lastIndexOf(`<${name}`, parser.position);
  });
  parser.on("opentag", (tag) => {
    const attributes = Object.values(tag.attributes).filter(({ prefix }) => prefix !== "xmlns");
    const instance = (local: string) =>
      attributes.find((a) => a.uri === SCHEMA_INSTANCE_NAMESPACE && a.local === local);
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      line: parser.line,
      schemaType: instance("type")?.value,
      isNil: instance("nil")?.value === "true",
      otherAttributes: attributes
        .filter((a) => a.name !== "xmlns" && a !== instance("type") && a !== instance("nil"))
        .map((a) => a.name),
      children: [],
      start,
      innerStart: parser.position,
      innerEnd: parser.position,
      end: parser.position,
      text: "",
    };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (value: string) => {
    const element = open.at(-1);
    if (element) element.text += value;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", ({ name, isSelfClosing }) => {
    const element = open.pop();
    if (element === undefined) return;
    element.end = parser.position;
    element.innerEnd = isSelfClosing
      ? element.innerStart
      : text.lastIndexOf(`</${name}`, parser.position);
  });
  parser.write(text).close();
  if (!root) throw new XmlSyntaxError("1:0: the document holds no element.");
  return root;
}

/** Reads one XML document; undefined when it is not well-formed, which the type check reports. */
export function readWellFormedXml(text: string): XmlElement | undefined {
  try {
    return parseXml(text);
  } catch (error) {
    if (error instanceof XmlSyntaxError) return undefined;
    throw error;
  }
}

/** The text of the first child of that name; undefined when there is none. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text.trim();
}

export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}
