import { z } from "zod";
import type { StoredEvent } from "./event-bus.ts";

/** A Bayeux message as clients send it. */
export const incomingMessage = z.looseObject({
  channel: z.string(),
  id: z.union([z.string(), z.number()]).optional(),
  clientId: z.string().optional(),
  subscription: z.union([z.string(), z.array(z.string())]).optional(),
  advice: z.looseObject({ timeout: z.number().optional() }).optional(),
  ext: z.looseObject({ replay: z.unknown().optional() }).nullish(),
});
export type IncomingMessage = z.infer<typeof incomingMessage>;

export type OutgoingMessage = Readonly<Record<string, unknown>>;

export const extensions = { replay: true, "payload.format": true } as const;

/** Texts that clients match on. Some carry two spaces, as the traces do. */
export const failures = {
  invalidToken: "401::Authentication invalid",
  noToken: "401::Request requires authentication",
  unknownClient: "403::Unknown client",
  handshakeDenied: "403::Handshake denied",
  tooManyClients: "403::Organization concurrent user limit exceeded",
  dailyLimit: "403::Organization total events daily limit exceeded",
  restrictedChannel: "403::Restricted channel",
  notHandshaken: "403::Client has not completed handshake",
  tooBusy: "503::Server is too busy.  Please try your request again later.",
  noVersion: "400::API version in the URI is mandatory. URI format: '/cometd/65.0'",
  unsupportedVersion: "400::Unsupported API version",
  invalidReplayId: (id: number) =>
    `400::The replayId {${id}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
  missingReplayId: (channel: string, map: string) =>
    `400::The replayId for channel {${channel}} wasn't found using the provided replay ID map {${map}}`,
  noBrowserCookie: (clientId: string) =>
    `400::Client ${clientId} has established a session, but no BAYEUX_BROWSER cookie present`,
  unknownChannel: (channel: string) =>
    `400::The channel you requested to subscribe to does not exist {${channel}}`,
} as const;

/** EventUuid is sent to clients of this API version and later. */
const firstVersionWithUuid = 52;

export function eventMessage(event: StoredEvent, apiVersion: number): OutgoingMessage {
  const identity =
    apiVersion >= firstVersionWithUuid
      ? { EventUuid: event.eventUuid, replayId: event.replayId }
      : { replayId: event.replayId };
  return {
    data: { schema: event.schemaId, payload: event.payload, event: identity },
    channel: event.channel,
  };
}

/** Denies a handshake with the reason where clients look for it. */
export function deniedHandshake(message: IncomingMessage, failureReason: string): OutgoingMessage {
  return {
    ext: { sfdc: { failureReason }, ...extensions },
    advice: { reconnect: "none" },
    channel: "/meta/handshake",
    ...idOf(message),
    error: failures.handshakeDenied,
    successful: false,
  };
}

export function idOf(message: IncomingMessage): { id?: string | number } {
  return message.id === undefined ? {} : { id: message.id };
}
