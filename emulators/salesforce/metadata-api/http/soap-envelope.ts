import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

/** A SOAP call: its operation and what stands in it, each value as text. */
export interface SoapCall {
  readonly operation: string;
  readonly sessionId: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Headers beside the session. */
  readonly headers: Readonly<Record<string, unknown>>;
}

const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, trimValues: false });
const part = z.record(z.string(), z.unknown());
const envelope = z.object({ Envelope: z.object({ Header: z.unknown(), Body: part }) });
const session = z.object({ SessionHeader: z.object({ sessionId: z.string() }) });

/** @returns null when the text is no SOAP call */
export function readSoapCall(text: string): SoapCall | null {
  let parsed: unknown;
  try {
    parsed = parser.parse(text);
  } catch {
    return null;
  }
  const found = envelope.safeParse(parsed);
  if (!found.success) return null;
  const { Header, Body } = found.data.Envelope;
  const [operation, body] = Object.entries(Body).find(([name]) => !name.startsWith("#")) ?? [];
  if (operation === undefined) return null;
  const signedIn = session.safeParse(Header);
  return {
    operation,
    sessionId: signedIn.success ? signedIn.data.SessionHeader.sessionId.trim() : "",
    body: part.catch({}).parse(body),
    headers: part.catch({}).parse(Header),
  };
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
