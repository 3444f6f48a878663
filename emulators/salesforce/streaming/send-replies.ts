import type { ServerResponse } from "node:http";
import type { OutgoingMessage } from "./messages.ts";
import type { StreamingContext } from "./streaming-context.ts";

/** What an answer carries beside its messages. */
export interface ReplyOptions {
  /** @default 200 */
  readonly status?: number;
  readonly cookies?: readonly string[];
  /** The sessions that are spoken to: each lives on from the answer's end for the reconnect window. */
  readonly clientIds?: Iterable<string | undefined>;
  /** An answer with events may be cut in the middle, when a fault says so. */
  readonly hasEvents?: boolean;
}

/** Writes the messages as one answer. */
export function sendReplies(
  context: StreamingContext,
  response: ServerResponse,
  messages: readonly OutgoingMessage[],
  options: ReplyOptions = {},
): void {
  const body = JSON.stringify(messages);
  response.once("close", () => {
    for (const clientId of options.clientIds ?? []) {
      context.sessions.get(clientId ?? "")?.restartExpiry();
    }
  });
  response.writeHead(options.status ?? 200, {
    "Content-Type": "application/json;charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
    ...(options.cookies?.length ? { "Set-Cookie": [...options.cookies] } : {}),
  });
  if (options.hasEvents && context.faults.takeOne("truncations")) {
    response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
    return;
  }
  response.end(body);
}
