/** The faults that can be ordered, as `POST /emulator/faults` takes them. */
import { z } from "zod";

/** The longest that a withheld answer is waited for before its connection is cut. */
const defaultHoldMs = 60_000;

const howOften = {
  /** How many times it strikes. @default 1, or without end when `probability` is given */
  times: z.int().positive().optional(),
  /** Chance of striking at each opportunity, drawn from the seeded generator. @default 1 */
  probability: z.number().min(0).max(1).optional(),
  /** It strikes from now on for so long, without end of times unless `times` is given. */
  for_ms: z.int().positive().optional(),
};

const which = {
  method: z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"]).optional(),
  /** As in the contract: `/events/{id}`. */
  path: z.string().startsWith("/").optional(),
  caller: z.enum(["integration", "person"]).optional(),
};

/** Leaves attributes out of each Event, or puts others in their place. */
const partial = {
  kind: z.literal("partial"),
  /** Attributes, and custom fields by id. */
  omit: z.array(z.string()).default([]),
  /** Attributes as they come instead. */
  instead: z.record(z.string(), z.unknown()).default({}),
};

const requestRule = { ...howOften, ...which };
const holdMs = z.int().nonnegative().default(defaultHoldMs);

export const requestFault = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("status"),
    status: z.int().min(400).max(599),
    /** Seconds, sent as the `Retry-After` header. */
    retry_after: z.int().nonnegative().optional(),
    ...requestRule,
  }),
  /** An answer that is not Circa's: a gateway's page, JSON of another form, an empty list. */
  z.strictObject({
    kind: z.literal("answer"),
    status: z.int().min(200).max(599).default(200),
    content_type: z.string().default("application/json"),
    /** A text is sent as it is, anything else as JSON. */
    body: z.unknown(),
    ...requestRule,
  }),
  z.strictObject({ kind: z.literal("slow"), delay_ms: z.int().nonnegative(), ...requestRule }),
  z.strictObject({
    kind: z.literal("odd_row"),
    /** Attributes that the first row of a list is given, as an import or a wrong clock makes them. */
    values: z.record(z.string(), z.unknown()),
    ...requestRule,
  }),
  z.strictObject({
    kind: z.literal("refuse_value"),
    /** Writes that hold this value are refused, and no field is named. */
    value: z.union([z.string(), z.number(), z.boolean()]),
    ...requestRule,
  }),
  z.strictObject({
    kind: z.literal("drift"),
    /** So many rows of pages before have left the list meanwhile; strikes from page 2 on. */
    rows: z.int().positive().default(1),
    ...requestRule,
  }),
  z.strictObject({ kind: z.literal("hang_before_commit"), hold_ms: holdMs, ...requestRule }),
  z.strictObject({ kind: z.literal("timeout_after_commit"), hold_ms: holdMs, ...requestRule }),
  /** The answer comes from a copy of the database that is so far behind. */
  z.strictObject({ kind: z.literal("stale"), by_ms: z.int().positive(), ...requestRule }),
  z.strictObject({ ...partial, ...requestRule }),
]);
export type RequestFault = z.infer<typeof requestFault>;

const webhookRule = { ...howOften, types: z.array(z.string()).optional() };

export const webhookFault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("drop"), ...webhookRule }),
  z.strictObject({ kind: z.literal("duplicate"), ...webhookRule }),
  z.strictObject({
    kind: z.literal("delay"),
    delay_ms: z.int().nonnegative(),
    /** Between nothing and `delay_ms`, so that deliveries overtake each other. */
    random: z.boolean().default(false),
    ...webhookRule,
  }),
  z.strictObject({
    kind: z.literal("reorder"),
    /** This many deliveries are held back and then sent last first. */
    times: z.int().min(2).default(2),
    /** What is held goes out after this time even when the number isn't reached. */
    hold_ms: z.int().nonnegative().default(2_000),
    types: z.array(z.string()).optional(),
  }),
  z.strictObject({ ...partial, ...webhookRule }),
]);
export type WebhookFault = z.infer<typeof webhookFault>;

export const faultsBody = z.strictObject({
  /** Forgets the faults of before. */
  clear: z.boolean().default(false),
  /** Starts the generator of `probability` and random delays anew. */
  seed: z.int().optional(),
  requests: z.array(requestFault).default([]),
  webhooks: z.array(webhookFault).default([]),
});
