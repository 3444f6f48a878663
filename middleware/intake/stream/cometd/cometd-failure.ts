/** What a refusal of the Streaming API means for us: looked up in `answers/table.ts`. Pure. */
import type { Message } from "faye";
import { noAnswer } from "../../../model/answers/read-answer.ts";
import { firstOutcome } from "../../../model/answers/rule.ts";
import { answerTable } from "../../../model/answers/table.ts";
import { oneLine } from "../../../model/answers/words.ts";
import { redact } from "../../../runtime/secrets.ts";
import type { SessionEnd } from "../session-port.ts";
import type { StreamFailure } from "../../../model/answers/stream-failure.ts";

/** @returns the class and the text of a refused `/meta/…` message */
export function classifyFailure(message: Message): SessionEnd {
  // In this order: "too busy" comes disguised as 401, so Salesforce's own reason goes first.
  const reasons = [failureReason(message), message.error].filter((it) => it !== undefined);
  const ends = reasons.map((reason): SessionEnd => {
    const answer = { ...noAnswer, form: "own", text: reason } as const;
    return { failure: firstOutcome(answerTable.stream, answer), reason: redact(oneLine(reason)) };
  });
  const known = ends.find(({ failure }) => failure !== "lost");
  return known ?? ends[0] ?? { failure: "lost", reason: "refused without a reason" };
}

function failureReason(message: Message): string | undefined {
  const sfdc = message.ext?.["sfdc"];
  if (typeof sfdc !== "object" || sfdc === null || !("failureReason" in sfdc)) return undefined;
  return typeof sfdc.failureReason === "string" ? sfdc.failureReason : undefined;
}

/** @returns the class of an answer without a Bayeux message */
export function classifyStatus(status: number): StreamFailure {
  return firstOutcome(answerTable.stream, { ...noAnswer, status });
}
