/** What a failure of the Streaming API means for us. Pure. */
import type { Message } from "faye";

/**
 * | failure          | what comes next                                                        |
 * | ---------------- | ---------------------------------------------------------------------- |
 * | `lost`           | a new session from the last received event, with back-off               |
 * | `unknown_client` | the same, at once: normal every few hours                              |
 * | `token`          | a new access token, then a new session                                  |
 * | `busy`           | the token is good: wait minutes                                         |
 * | `replay_expired` | events were missed: replay what is kept and compare by query            |
 * | `limit`          | wait long; the sweep carries on meanwhile                               |
 * | `configuration`  | an admin has to act: try again slowly                                   |
 */
export const streamFailures = [
  "lost",
  "unknown_client",
  "token",
  "busy",
  "replay_expired",
  "limit",
  "configuration",
] as const;
export type StreamFailure = (typeof streamFailures)[number];

/**
 * In this order: Salesforce disguises "too busy" as 401, so its own reason comes first.
 * Source: Streaming API Developer Guide, "Streaming API Error Codes".
 */
const patterns: readonly (readonly [RegExp, StreamFailure])[] = [
  [/^503::/, "busy"],
  [/^401::/, "token"],
  [/^403::Unknown client/, "unknown_client"],
  [/^400::The replayId \{/, "replay_expired"],
  [/^403::Organization (total events daily limit|concurrent user limit)/, "limit"],
  [/simultaneous connections/, "limit"],
  [/^403:/, "configuration"],
  [/^400::(The channel|API version)/, "configuration"],
  [/Unsupported API version/, "configuration"],
];

/** @returns the class and the text of a refused `/meta/…` message */
export function classifyFailure(message: Message): { failure: StreamFailure; reason: string } {
  const reasons = [failureReason(message), message.error].filter((it) => it !== undefined);
  for (const reason of reasons) {
    const found = patterns.find(([pattern]) => pattern.test(reason));
    if (found !== undefined) return { failure: found[1], reason };
  }
  return { failure: "lost", reason: reasons[0] ?? "refused without a reason" };
}

function failureReason(message: Message): string | undefined {
  const sfdc = message.ext?.["sfdc"];
  if (typeof sfdc !== "object" || sfdc === null || !("failureReason" in sfdc)) return undefined;
  return typeof sfdc.failureReason === "string" ? sfdc.failureReason : undefined;
}
