import { z } from "zod";

/** How often a fault strikes, and on what. */
const when = {
  /** How many times. @default 1, or without end when `forMs` is given */
  times: z.int().positive().optional(),
  /** It strikes from now on for so long. */
  forMs: z.int().positive().optional(),
  /** How many fitting requests pass unharmed first. */
  skip: z.int().nonnegative().default(0),
  /** Chance that a fitting request is struck, drawn from the seed. */
  chance: z.number().min(0).max(1).default(1),
  /** Only requests of this method. */
  method: z.string().toUpperCase().optional(),
  /** Only requests whose path contains this text. */
  path: z.string().optional(),
  /** Only requests whose JSON body contains this text. */
  bodyHas: z.string().optional(),
  /** Only requests with a person's access token, or all the others: the integration's. */
  caller: z.enum(["integration", "person"]).optional(),
};

/** Which rows of a write a row fault refuses. */
const rows = {
  times: z.int().positive().default(1),
  object: z.string().default("Campaign"),
  operation: z.enum(["insert", "update", "delete", "undelete"]).optional(),
  /** Only rows that write this field. */
  field: z.string().optional(),
  /** Only rows that write this value to the field. */
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  /** Only this record. */
  id: z.string().optional(),
  /** Only the row at this position of the call, from 0. */
  index: z.int().nonnegative().optional(),
};

export const restFault = z.discriminatedUnion("name", [
  z.strictObject({
    name: z.literal("respondRest"),
    ...when,
    status: z.int().min(100).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  z.strictObject({ name: z.literal("invalidSession"), ...when }),
  z.strictObject({ name: z.literal("requestLimit"), ...when }),
  z.strictObject({ name: z.literal("unavailable"), ...when }),
  z.strictObject({ name: z.literal("hangBefore"), ...when }),
  z.strictObject({ name: z.literal("dropBefore"), ...when }),
  z.strictObject({ name: z.literal("hangAfter"), ...when }),
  z.strictObject({ name: z.literal("dropAfter"), ...when }),
  z.strictObject({ name: z.literal("truncateAfter"), ...when }),
  z.strictObject({
    name: z.literal("longAddress"),
    ...when,
    /** Addresses with more characters are refused. */
    longest: z.int().positive(),
    status: z.union([z.literal(414), z.literal(431)]).default(414),
  }),
  z.strictObject({ name: z.literal("slow"), ...when, delayMs: z.number().nonnegative() }),
]);
export type RestFault = z.infer<typeof restFault>;

export const rowFault = z.discriminatedUnion("name", [
  z.strictObject({
    name: z.literal("rejectRow"),
    ...rows,
    statusCode: z.string().default("FIELD_CUSTOM_VALIDATION_EXCEPTION"),
    message: z.string().default("The record was refused by a validation rule."),
    fields: z.array(z.string()).optional(),
  }),
  z.strictObject({ name: z.literal("lockRow"), ...rows }),
]);
export type RowFault = z.infer<typeof rowFault>;

const times = z.int().positive().default(1);

export const streamingFault = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("revokeToken"), username: z.string().optional() }),
  z.strictObject({ name: z.literal("forgetSessions") }),
  z.strictObject({ name: z.literal("killSockets") }),
  z.strictObject({ name: z.literal("truncateNextDelivery"), times }),
  z.strictObject({ name: z.literal("hangNextPoll"), times }),
  z.strictObject({
    name: z.literal("respond"),
    status: z.int().min(100).max(599),
    body: z.string().default(""),
    contentType: z.string().default("application/json;charset=utf-8"),
    times,
  }),
  z.strictObject({ name: z.literal("tooBusyDisguisedAs401"), times }),
  z.strictObject({ name: z.literal("reconnectNoneOn403"), on: z.boolean().default(true) }),
  z.strictObject({ name: z.literal("connectReplyFirst"), on: z.boolean().default(true) }),
  z.strictObject({
    name: z.literal("denyHandshake"),
    reason: z.string().default("403::Organization concurrent user limit exceeded"),
    times,
  }),
  z.strictObject({ name: z.literal("purgeBefore"), replayId: z.int().optional() }),
  z.strictObject({ name: z.literal("duplicateEvent"), channel: z.string().optional() }),
  z.strictObject({ name: z.literal("resetStream") }),
  z.strictObject({ name: z.literal("dropEvents"), times }),
  /**
   * Sessions subscribed now get nothing more, and those that resume at an id known by now neither,
   * until the id is purged; who starts at new events or asks for all is served.
   */
  z.strictObject({ name: z.literal("deafReplay") }),
  z.strictObject({ name: z.literal("foreignCookieDomain"), times }),
  z.strictObject({ name: z.literal("delay"), delayMs: z.number().nonnegative(), times }),
]);
export type StreamingFault = z.infer<typeof streamingFault>;

/** Rows or fields that are there and that an answer does not name. */
export const lacks = z.strictObject({
  name: z.literal("lacks"),
  of: z.enum(["query", "describe", "picklist"]),
  object: z.string().default("Campaign"),
  /** Ids, developer names or fields; for `picklist` the fields that are without values. @default all */
  names: z.array(z.string()).optional(),
  times: z.int().positive().optional(),
  forMs: z.int().positive().optional(),
  /** Only the integration's reads are struck, or a person's. */
  caller: z.enum(["integration", "person"]).optional(),
});
export type LacksFault = z.infer<typeof lacks>;

export const shortPages = z.strictObject({
  name: z.literal("shortPages"),
  /** Rows per page of a query; null gives back the normal size. */
  size: z.int().positive().nullable(),
});

export const faultRequest = z.strictObject({
  /** Takes away the faults that stand before these come. */
  clear: z.boolean().default(false),
  /** Starts the random numbers of `chance` over. */
  seed: z.int().optional(),
  faults: z.array(z.union([restFault, rowFault, streamingFault, shortPages, lacks])).default([]),
});
export type FaultRequest = z.infer<typeof faultRequest>;
