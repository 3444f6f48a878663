/** Answers that are not the truth: of a gateway, a sick replica, another release, a moved address. */
import type { Faults, FaultKind } from "../engine/faults.ts";
import type { Random } from "../engine/random.ts";
import { json, refusal, type HttpAnswer, type HttpRequest } from "./http.ts";

export interface UntrueParts {
  readonly faults: Faults;
  readonly random: Random;
}

/** Of one record or setting, and not of a list. */
const isOfOne = ({ path }: HttpRequest) => path.length > 1;
const isRead = ({ method }: HttpRequest) => method === "GET";
const isList = (request: HttpRequest) => isRead(request) && !isOfOne(request);

interface Untruth {
  readonly kind: FaultKind;
  readonly concerns: (request: HttpRequest) => boolean;
  readonly answer: (random: Random, request: HttpRequest) => HttpAnswer;
}

const page = "<!DOCTYPE html><html><head><title>Not here</title></head><body>Sorry</body></html>";
const html = { "content-type": "text/html; charset=utf-8" };

/** Seconds, dates and what is neither; some are longer than any client would wait. */
const retryAfters = ["0", "1", "30", "3600", "3000000", "1e12", "-5", "soon", ""];
const farDate = "Sun, 05 Jan 2031 09:00:00 GMT";

const otherShapes: readonly string[] = [
  "{}",
  "[]",
  "null",
  "0",
  '"ok"',
  '{"data":null}',
  '{"data":{}}',
  '{"data":[{}]}',
  '{"data":[null]}',
  '{"ok":true}',
  '{"errors":[]}',
  '{"id":"RXZlbnQtOTk5OQ","updated_at":"2026-01-05T08:00:00Z","version":1,"custom_fields":{}}',
];

const untruths: readonly Untruth[] = [
  {
    kind: "circa_gateway_404",
    concerns: () => true,
    answer: (random) => {
      if (random.chance(0.3)) return { status: 404, text: "", headers: {} };
      if (random.chance(0.3)) return json(404, { message: "no Route matched with those values" });
      return { status: random.pick([404, 404, 405, 410]), text: page, headers: html };
    },
  },
  {
    kind: "circa_false_404",
    concerns: (request) => isOfOne(request) && request.path[0] === "events",
    answer: (_, { path }) => refusal(404, "not_found", `There is no Event ${path[1] ?? ""}`),
  },
  {
    kind: "circa_page",
    concerns: () => true,
    answer: (random) => ({ status: random.pick([200, 200, 403, 502]), text: page, headers: html }),
  },
  {
    kind: "circa_other_shape",
    concerns: () => true,
    answer: (random) => ({ status: 200, text: random.pick(otherShapes) }),
  },
  {
    kind: "circa_moved",
    concerns: () => true,
    answer: (random) => ({
      status: random.pick([301, 302, 307, 308]),
      text: "",
      headers: { location: "https://elsewhere.example/sign-in" },
    }),
  },
  {
    kind: "circa_retry_after",
    concerns: () => true,
    answer: (random) => ({
      ...refusal(random.pick([429, 429, 503]), "rate_limited", "Too many requests"),
      headers: { "retry-after": random.pick([...retryAfters, farDate]) },
    }),
  },
  {
    kind: "circa_empty_list",
    concerns: isList,
    answer: () => json(200, { data: [] }),
  },
];

export interface Untrue {
  /** The request was done all the same. */
  readonly done: boolean;
  /** The Event that is said not to be there, in Circa's own words. */
  readonly of: string | null;
  readonly answer: HttpAnswer;
}

/** @returns null for a true answer */
export function untrueAnswer({ faults, random }: UntrueParts, request: HttpRequest): Untrue | null {
  for (const { kind, concerns, answer } of untruths) {
    if (faults.rate(kind) === 0 || !concerns(request)) continue;
    if (!faults.strikes(kind, random.next())) continue;
    const of = kind === "circa_false_404" ? (request.path[1] ?? null) : null;
    return { of, done: !isRead(request) && random.chance(0.3), answer: answer(random, request) };
  }
  return null;
}
