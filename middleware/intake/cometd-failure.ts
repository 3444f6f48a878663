/** What a refusal of the Streaming API means for us. Pure. */
import type { Message } from "faye";
import type { SessionEnd } from "./session-port.ts";
import type { StreamFailure } from "./stream-failure.ts";

/**
 * Source: Streaming API Developer Guide, "Streaming API Error Codes"; older texts from traces.
 * The `400` about a channel missing from the replay map would be a fault of ours.
 */
const patterns: readonly (readonly [RegExp, StreamFailure])[] = [
  [/^503::/, "busy"],
  [/^401::/, "token"],
  [/^403::Unknown client/, "unknown_client"],
  [/^400::The replayId \{/, "replay_expired"],
  [/^403::Organization total events daily limit/, "limit"],
  [/^403::Organization concurrent user limit/, "crowded"],
  [/simultaneous connections/, "crowded"],
  [/^403::Client has not completed handshake/, "unknown_client"],
  [/^403:/, "configuration"],
  [/^400::(The channel|API version|The replayId for channel)/, "configuration"],
  [/Unsupported API version/, "configuration"],
];

/** @returns the class and the text of a refused `/meta/…` message */
export function classifyFailure(message: Message): SessionEnd {
  // In this order: "too busy" comes disguised as 401, so Salesforce's own reason goes first.
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

/** HTTP statuses that say more than "try again"; the others may be any gateway's. */
const byStatus: Readonly<Record<number, StreamFailure>> = { 401: "token", 413: "configuration" };

/** @returns the class of an answer that carries no Bayeux message to go by */
export function classifyStatus(status: number): StreamFailure {
  return byStatus[status] ?? "lost";
}
