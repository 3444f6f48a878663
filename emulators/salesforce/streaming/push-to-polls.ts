import { serverTooBusy, tokenRevoked, unknownClient } from "./connect.ts";
import { sendReplies } from "./send-replies.ts";
import type { HeldPoll, Session } from "./session.ts";
import type { StreamingContext } from "./streaming-context.ts";

/** What happens to polls that are held, from outside: revoked tokens, and faults. */
function takePolls(context: StreamingContext): { poll: HeldPoll; session: Session }[] {
  return [...context.sessions.values()].flatMap((session) => {
    const poll = session.takePoll();
    return poll ? [{ poll, session }] : [];
  });
}

export function endSession(context: StreamingContext, session: Session): void {
  session.end();
  context.sessions.delete(session.clientId);
}

/** Ends every session: held polls hear it, the others learn it when they poll. */
export function forgetSessions(context: StreamingContext): number {
  const count = context.sessions.size;
  for (const { poll } of takePolls(context)) {
    sendReplies(context, poll.response, [unknownClient(context, poll.message)]);
  }
  for (const session of context.sessions.values()) endSession(context, session);
  return count;
}

/** Cuts the sockets of all held polls; the sessions stay. */
export function killSockets(context: StreamingContext): number {
  const polls = takePolls(context);
  for (const { poll, session } of polls) {
    poll.response.destroy();
    session.startExpiry();
  }
  return polls.length;
}

/** Tells held polls that the server is too busy, in the words that look like a bad token. */
export function pushTooBusy(context: StreamingContext): number {
  const polls = takePolls(context);
  for (const { poll, session } of polls) {
    sendReplies(context, poll.response, [serverTooBusy(session.clientId, poll.message)]);
    session.startExpiry();
  }
  return polls.length;
}

/** Tells the held polls of a token that it is good no longer. */
export function pushRevocation(context: StreamingContext, token: string): void {
  for (const session of context.sessions.values()) {
    if (session.options.token !== token) continue;
    const poll = session.takePoll();
    if (!poll) continue;
    sendReplies(context, poll.response, tokenRevoked(session.clientId, poll.message));
    session.startExpiry();
  }
}
