/** Calls a Circa emulator as a client does, and holds every exchange against the contract. */
import { OpenApi } from "./open-api.ts";

export const circaContract = new OpenApi("docs/circa-api.openapi.yaml");

export interface CircaCall {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The attributes that tests look at, of whichever answer came. */
export interface CircaBody {
  readonly id: string;
  readonly data: readonly CircaBody[];
  readonly errors: readonly { field: string | null; code: string; message: string }[];
  readonly custom_fields: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly [attribute: string]: unknown;
}

export interface CircaReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: CircaBody;
}

export type CallCirca = (method: string, path: string, call?: CircaCall) => Promise<CircaReply>;

/** A caller with that key. It throws when an exchange breaks the contract. */
export function circaCaller(api: string, apiKey: string): CallCirca {
  return async (method, path, { body, headers = {} } = {}) => {
    const requestHeaders = {
      authorization: `Bearer ${apiKey}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    };
    const response = await fetch(api + path, {
      method,
      headers: requestHeaders,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const responseBody = (text === "" ? undefined : JSON.parse(text)) as CircaBody;
    const responseHeaders = Object.fromEntries(response.headers);
    const violations = circaContract.violationsOf({
      method,
      path,
      requestHeaders,
      requestBody: body,
      status: response.status,
      responseHeaders,
      responseBody,
    });
    if (violations.length > 0) {
      throw new Error(`${method} ${path} breaks the contract:\n${violations.join("\n")}\n${text}`);
    }
    return { status: response.status, headers: responseHeaders, body: responseBody };
  };
}
