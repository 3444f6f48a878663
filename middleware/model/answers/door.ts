/**
 * What the HTTP server refuses: how each is answered, what its sender does then, and the operator's
 * log line. Code and documentation use this table alone.
 */
export interface DoorAnswer {
  /** HTTP status; some reasons have several, and then this is the usual one. */
  readonly status: number;
  /** What the reason's name leaves out, for the page that is made from this table. */
  readonly came?: string;
  /** What the sender does with the status. */
  readonly then: string;
  /** What the sender reads. */
  readonly error: string;
  /** What an operator has to know, for the log. */
  readonly told: string;
  readonly retryAfterSeconds?: number;
}

const inVain = "repeated in vain";
const untilRight = "repeated until secret or clock is right";
const soon = "repeated after 5 s";
const signature = "The webhook's signature or timestamp is not valid.";

/** Every refusal stores nothing. */
export const doorAnswers = {
  unsigned: {
    status: 401,
    then: inVain,
    error: signature,
    told: "Requests without a signature come to the address for Circa's webhooks.",
  },
  secret: {
    status: 401,
    then: untilRight,
    error: signature,
    told: "Circa's webhooks are refused: none of the secrets in CIRCA_WEBHOOK_SECRET has signed them. Take the secret of this endpoint from Circa.",
  },
  clock: {
    status: 401,
    came: "over five minutes off",
    then: untilRight,
    error: signature,
    told: "Circa's webhooks are refused: they are signed rightly, and this machine's clock differs from Circa's by more than five minutes. Set the clock.",
  },
  connection: {
    status: 404,
    then: inVain,
    error: "No such connection.",
    told: "Webhooks come to the address of a connection that is not served here.",
  },
  webhook_id: {
    status: 400,
    came: "over 255 characters",
    then: inVain,
    error: "The webhook-id is longer than 255 characters.",
    told: "A webhook's id is longer than 255 characters.",
  },
  not_json: {
    status: 400,
    came: "or nested over 100 deep",
    then: inVain,
    error: "The body is not JSON that can be read.",
    told: "A webhook's body is not JSON that can be read.",
  },
  too_large: {
    status: 413,
    came: "over 256 kB",
    then: "repeated in vain; the sweep finds it",
    error: "The request is too large.",
    told: "A webhook is too large.",
  },
  media_type: {
    status: 415,
    then: inVain,
    error: "Send the webhook as application/json.",
    told: "A request is not sent as application/json.",
  },
  encoding: {
    status: 415,
    came: "or charset",
    then: inVain,
    error: "The request's Content-Encoding or charset is not supported.",
    told: "A request's Content-Encoding is not one that can be read.",
  },
  shape: {
    status: 422,
    then: inVain,
    error: "The webhook is not of the shape that Circa's contract promises.",
    told: "A webhook is not of the shape that Circa's contract promises.",
  },
  not_stored: {
    status: 503,
    then: soon,
    error: "The webhook could not be stored. Send it again.",
    told: "A webhook could not be stored: Circa sends it again.",
    retryAfterSeconds: 5,
  },
  overloaded: {
    status: 503,
    then: soon,
    error: "Too many webhooks wait. Send it again.",
    told: "More webhooks come than can be taken: Circa sends them again.",
    retryAfterSeconds: 5,
  },
  admin_token: {
    status: 401,
    came: "429 for many at once",
    then: inVain,
    error: "Send Authorization: Bearer with the value of ADMIN_TOKEN.",
    told: "Wrong admin tokens are sent: they are answered slowly.",
  },
  request: {
    status: 400,
    then: inVain,
    error: "The request can't be read.",
    told: "A request can't be read.",
  },
  slow: {
    status: 408,
    came: "headers over 5 s, a body over 15 s",
    then: "repeated",
    error: "The request was sent too slowly.",
    told: "A request was sent too slowly and is cut off.",
  },
} as const satisfies Readonly<Record<string, DoorAnswer>>;

export type RefusalReason = keyof typeof doorAnswers;

export function doorAnswer(reason: RefusalReason): DoorAnswer {
  return doorAnswers[reason];
}
