/** What a route of the API is: where it is, and a handler from request to answer. */
import type { Caller, Circa } from "./circa.ts";
import type { Actor } from "./entities.ts";
import type { ContractFeature } from "./settings.ts";

export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** A JSON object; empty when none was sent. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly actor: Actor;
  /** Rows of the pages before that a fault lets leave the list. */
  readonly rowsLeft: number;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON; nothing is sent without it. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** As in the contract, under `/api/v1`: `/events/{id}`. */
  readonly path: string;
  /** The part of the sync contract it belongs to; 404 while that is off. */
  readonly feature?: ContractFeature;
  /** Works at once, without waiting: a request is committed whole or not at all. */
  readonly handle: (circa: Circa, request: ApiRequest) => Answer;
}
