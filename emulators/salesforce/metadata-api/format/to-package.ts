import type { SourceFile } from "./component.ts";
import { typeNamed } from "./component-types.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = "http://soap.sforce.com/2006/04/metadata";

/** Turns files of the org into the files of a package: parts of one object become one file. */
export function toPackage(files: readonly SourceFile[]): Map<string, Buffer> {
  const whole = new Map<string, Buffer>();
  const joined = new Map<string, SourceFile[]>();
  for (const file of files) {
    if (/\.(object|labels)$/.test(file.deployedAs)) {
      joined.set(file.deployedAs, [...(joined.get(file.deployedAs) ?? []), file]);
    } else whole.set(file.deployedAs, file.content);
  }
  for (const [path, parts] of joined) whole.set(path, Buffer.from(joinParts(path, parts)));
  return whole;
}

function joinParts(path: string, parts: readonly SourceFile[]): string {
  const root = path.endsWith(".labels") ? "CustomLabels" : "CustomObject";
  const children = typeNamed(root)?.children ?? [];
  const inners = parts.map(({ component, content }) => {
    const inner = innerOf(content.toString("utf8"));
    const child = children.find(({ name }) => name === component.type);
    if (!child || child.name === "CustomLabel") return inner;
    const name = component.fullName.split(".").slice(1).join(".");
    const named = /<fullName>/.test(inner) ? inner : `<fullName>${name}</fullName>${inner}`;
    return `<${child.element}>${named}</${child.element}>`;
  });
  return `${declaration}<${root} xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n${inners.join("\n")}\n</${root}>\n`;
}

/** What stands between the root's tags. */
function innerOf(text: string): string {
  const open = /<(?![?!])[^>]*>/.exec(text);
  if (!open || open[0].endsWith("/>")) return "";
  return text.slice(open.index + open[0].length, text.lastIndexOf("</")).trim();
}
