/** HTTP as the model of Circa speaks it, without a socket. */

export interface HttpRequest {
  readonly method: string;
  /** Parts between the slashes, decoded, below the API's own address. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** Without its quotes; null when the header is not there. */
  readonly ifMatch: string | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (status: number, body: unknown): HttpAnswer => ({
  status,
  text: JSON.stringify(body),
});

/** Circa's one shape of error. */
export const refusal = (status: number, code: string, message: string): HttpAnswer =>
  json(status, { errors: [{ field: null, code, message }] });

export const circaApi = "https://circa.example/api/v1";

export function readRequest(url: string, init: RequestInit = {}): HttpRequest {
  const [path = "", query = ""] = url.slice(circaApi.length + 1).split("?");
  const headers = new Map(Object.entries(init.headers as Record<string, string>));
  const ifMatch = headers.get("if-match");
  return {
    method: init.method ?? "GET",
    path: path.split("/").map(decodeURIComponent),
    query: new URLSearchParams(query),
    body: typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {},
    ifMatch: ifMatch === undefined ? null : ifMatch.replaceAll('"', ""),
  };
}

/** As far as the client looks at it. */
export function toResponse({ status, text, headers = {} }: HttpAnswer, nowMs: number): Response {
  const all = new Map(
    Object.entries({
      date: new Date(nowMs).toUTCString(),
      "content-type": "application/json; charset=utf-8",
      ...headers,
    }),
  );
  const response = {
    status,
    ok: status >= 200 && status < 300,
    redirected: false,
    type: "basic",
    headers: { get: (name: string) => all.get(name.toLowerCase()) ?? null },
    arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer),
  };
  return response as unknown as Response;
}
