/** JSON over HTTP with a bearer token, as any script of a customer would do it. */
import { DemoError } from "../demo-error.ts";

export interface Answer {
  readonly status: number;
  /** Undefined when the body is empty. */
  readonly body: unknown;
}

export interface HttpClient {
  /** @throws DemoError when the answer is no 2xx; the message has what was answered */
  send(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Any answer goes. */
  attempt(method: string, path: string, body?: unknown): Promise<Answer>;
}

export function createHttpClient(baseUrl: string, token?: string): HttpClient {
  const attempt: HttpClient["attempt"] = async (method, path, body) => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? undefined : parse(text) };
  };
  return {
    attempt,
    send: async (method, path, body) => {
      const answer = await attempt(method, path, body);
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      const said = JSON.stringify(answer.body ?? null).slice(0, 500);
      throw new DemoError(
        `${method} ${baseUrl}${path} was answered with ${answer.status}: ${said}`,
      );
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
