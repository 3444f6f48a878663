import { childrenNamed, childText, readWellFormedXml, type XmlElement } from "../../xml.ts";

/** A SOAP call: its operation and what stands in it, each value as text. */
export interface SoapCall {
  readonly operation: string;
  readonly sessionId: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Headers beside the session. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** @returns null when the text is no SOAP call */
export function readSoapCall(text: string): SoapCall | null {
  const envelope = readWellFormedXml(text);
  if (envelope?.name !== "Envelope") return null;
  const [header] = childrenNamed(envelope, "Header");
  const operation = childrenNamed(envelope, "Body")[0]?.children[0];
  if (!operation) return null;
  const session = header && childrenNamed(header, "SessionHeader")[0];
  return {
    operation: operation.name,
    sessionId: (session && childText(session, "sessionId")) ?? "",
    body: membersOf(operation),
    headers: header ? membersOf(header) : {},
  };
}

/** Each child's value by name: its text, or its own members; a list where the name comes again. */
function membersOf(element: XmlElement): Readonly<Record<string, unknown>> {
  const members: Record<string, unknown> = {};
  for (const child of element.children) {
    const value = child.children.length > 0 ? membersOf(child) : child.text;
    const before = members[child.name];
    members[child.name] =
      before === undefined
        ? value
        : Array.isArray(before)
          ? [...(before as unknown[]), value]
          : [before, value];
  }
  return members;
}

/** The answer to an operation; members without a value are left out. */
export function soapAnswer(operation: string, namespace: string, result: unknown): string {
  return wrap(`<${operation}Response>${toXml("result", result)}</${operation}Response>`, namespace);
}

export function soapFault(code: string, message: string): string {
  const text = `${code}: ${message}`;
  return wrap(
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${escapeXml(text)}</faultstring></soapenv:Fault>`,
    "",
  );
}

function wrap(body: string, namespace: string): string {
  const own = namespace === "" ? "" : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"${own}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

/** A value as XML: lists as repeated elements, null as nil, members without a value not at all. */
export function toXml(name: string, value: unknown): string {
  if (value === undefined) return "";
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (Array.isArray(value)) return value.map((item) => toXml(name, item)).join("");
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  if (typeof value === "object") {
    const inner = Object.entries(value).map(([key, member]) => toXml(key, member));
    return `<${name}>${inner.join("")}</${name}>`;
  }
  return `<${name}>${escapeXml(typeof value === "string" ? value : JSON.stringify(value))}</${name}>`;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
