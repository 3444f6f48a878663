import { childText, parseXml, type XmlElement } from "../../xml.ts";
import type { ComponentName, SourceFile } from "./component.ts";
import type { ChildType, ComponentType } from "./component-types.ts";

const namespaces =
  'xmlns="http://soap.sforce.com/2006/04/metadata" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

/** A component's own file, taken apart: what is its own, and each part with a name of its own. */
export interface SplitFile {
  /** Without its parts, with the same line numbers; null when nothing else is in it. */
  readonly own: string | null;
  readonly parts: readonly Part[];
}

interface Part {
  readonly type: ChildType;
  readonly fullName: string;
  readonly text: string;
  /** The part's first line in the whole file, less one. */
  readonly lineOffset: number;
}

/**
 * Takes an object's or a label file apart.
 * @throws Error as the parser words it when it is no well-formed XML
 */
export function splitParts(text: string, type: ComponentType): SplitFile {
  const elements = parseXml(text).children;
  const childOf = (name: string): ChildType | undefined =>
    type.children.find((known) => known.element === name);
  const parts = elements.flatMap((element): Part[] => {
    const child = childOf(element.name);
    if (!child) return [];
    const inner = text.slice(element.innerStart, element.innerEnd);
    return [
      {
        type: child,
        fullName: childText(element, "fullName") ?? "",
        text: partText(child, inner),
        lineOffset: element.line - 1,
      },
    ];
  });
  const isOwn = elements.some((element) => !childOf(element.name));
  return { own: isOwn ? withoutParts(text, elements, (name) => !!childOf(name)) : null, parts };
}

/** On the line of its start tag, so that lines inside only need the offset. */
function partText(child: ChildType, inner: string): string {
  const root = child.name === "CustomLabel" ? "CustomLabels" : child.name;
  const body = child.name === "CustomLabel" ? `<labels>${inner}</labels>` : inner;
  return `<?xml version="1.0" encoding="UTF-8"?><${root} ${namespaces}>${body}</${root}>\n`;
}

function withoutParts(
  text: string,
  elements: readonly XmlElement[],
  isPart: (name: string) => boolean,
): string {
  let rest = "";
  let from = 0;
  for (const element of elements.filter(({ name }) => isPart(name))) {
    const cut = text.slice(element.start, element.end);
    rest += text.slice(from, element.start) + cut.replace(/[^\n]/g, "");
    from = element.end;
  }
  return rest + text.slice(from);
}

/** The parts of a file as files of the org. */
export function partFiles(
  parent: ComponentName,
  split: SplitFile,
  deployedAs: string,
): SourceFile[] {
  return split.parts.map(({ type, fullName, text, lineOffset }) => {
    const isLabel = type.name === "CustomLabel";
    const path = isLabel
      ? `labels/${fullName}.labels-meta.xml`
      : `objects/${parent.fullName}/${type.directory}/${fullName}.${type.suffix}-meta.xml`;
    const component = {
      type: type.name,
      fullName: isLabel ? fullName : `${parent.fullName}.${fullName}`,
    };
    return { path, content: Buffer.from(text), component, deployedAs, lineOffset };
  });
}
