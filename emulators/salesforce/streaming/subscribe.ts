import { failures, idOf, type IncomingMessage, type OutgoingMessage } from "./messages.ts";
import type { Session } from "./session.ts";
import type { StreamingContext } from "./streaming-context.ts";

/** Subscribes to a channel and queues what the client asked to have replayed. */
export function handleSubscribe(
  context: StreamingContext,
  session: Session,
  message: IncomingMessage,
): OutgoingMessage[] {
  return [message.subscription ?? []].flat().map((channel) => {
    const error = subscribe(context, session, message, channel);
    return {
      clientId: session.clientId,
      channel: "/meta/subscribe",
      ...idOf(message),
      subscription: channel,
      ...(error === null ? { successful: true } : { error, successful: false }),
    };
  });
}

export function handleUnsubscribe(session: Session, message: IncomingMessage): OutgoingMessage[] {
  return [message.subscription ?? []].flat().map((channel) => {
    session.subscriptions.delete(channel);
    return {
      clientId: session.clientId,
      channel: "/meta/unsubscribe",
      ...idOf(message),
      subscription: channel,
      successful: true,
    };
  });
}

function subscribe(
  context: StreamingContext,
  session: Session,
  message: IncomingMessage,
  channel: string,
): string | null {
  const refused = channelRefusal(context, session, channel);
  if (refused !== null) return refused;
  const from = replayPosition(message, channel);
  if (typeof from === "string") return from;
  const replay = context.bus.replay(channel, from);
  if (!replay.ok) return failures.invalidReplayId(from);
  const { deafThrough } = context.faults;
  if (from >= 0 && deafThrough !== null && from <= deafThrough) return null;
  session.subscriptions.add(channel);
  for (const event of replay.events) session.enqueue(event);
  return null;
}

function channelRefusal(
  context: StreamingContext,
  session: Session,
  channel: string,
): string | null {
  if (context.allocation.used() >= context.options.dailyDeliveryLimit) return failures.dailyLimit;
  const eventName = /^\/event\/(\w+__e)$/.exec(channel)?.[1];
  const object = eventName === undefined ? undefined : context.org.schema.object(eventName);
  if (object?.kind !== "platform_event") {
    return /^\/(event|data|topic|u)\//.test(channel)
      ? failures.unknownChannel(channel)
      : failures.restrictedChannel;
  }
  const access = context.org.accessOf(session.options.userId);
  return access.canDo(object, "read") ? null : failures.restrictedChannel;
}

/** The replay id asked for; -1 without a map; the error's text when the map lacks the channel. */
function replayPosition(message: IncomingMessage, channel: string): number | string {
  const map = message.ext?.replay;
  if (typeof map !== "object" || map === null || Array.isArray(map)) return -1;
  const given: unknown = Object.entries(map).find(([name]) => name === channel)?.[1];
  if (typeof given === "number" && Number.isInteger(given)) return given;
  if (typeof given === "string" && /^-?\d+$/.test(given)) return Number(given);
  const shown = Object.entries(map).map(([name, id]) => `${name}=${String(id)}`);
  return failures.missingReplayId(channel, `{${shown.join(", ")}}`);
}
