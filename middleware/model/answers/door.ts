/**
 * What the HTTP server refuses: how each is answered, what its sender does then, and the operator's
 * log line. Code and documentation use this table alone.
 */
export interface DoorAnswer {
  /** HTTP status; some reasons have several, and then this is the usual one. */
  readonly status: number;
  /** In words, for the page that is made from this table. */
  readonly came: string;
  /** What the sender does with the status. */
  readonly then: string;
  /** What the sender reads. */
  readonly error: string;
  /** What an operator has to know, for the log. */
  readonly told: string;
  readonly retryAfterSeconds?: number;
}

const inVain = "repeated in vain";
const signature = "The webhook's signature or timestamp is not valid.";

/** Every refusal stores nothing. */
export const doorAnswers = {
  unsigned: {
    status: 401,
    came: "no signature",
    then: inVain,
    error: signature,
    told: "Requests without a signature come to the address for Circa's webhooks.",
  },
  secret: {
    status: 401,
    came: "a signature by another secret",
    then: "repeated; accepted once the secret is right",
    error: signature,
    told: "Circa's webhooks are refused: none of the secrets in CIRCA_WEBHOOK_SECRET has signed them. Take the secret of this endpoint from Circa.",
  },
  clock: {
    status: 401,
    came: "rightly signed, more than five minutes off",
    then: "repeated; accepted once the clock is right",
    error: signature,
    told: "Circa's webhooks are refused: they are signed rightly, and this machine's clock differs from Circa's by more than five minutes. Set the clock.",
  },
  connection: {
    status: 404,
    came: "another connection's address",
    then: inVain,
    error: "No such connection.",
    told: "Webhooks come to the address of a connection that is not served here.",
  },
  webhook_id: {
    status: 400,
    came: "webhook-id over 255 characters",
    then: inVain,
    error: "The webhook-id is longer than 255 characters.",
    told: "A webhook's id is longer than 255 characters.",
  },
  not_json: {
    status: 400,
    came: "no JSON in UTF-8, or nested over 100 deep",
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
    came: "another media type",
    then: inVain,
    error: "Send the webhook as application/json.",
    told: "A request is not sent as application/json.",
  },
  encoding: {
    status: 415,
    came: "another encoding or charset",
    then: inVain,
    error: "The request's Content-Encoding or charset is not supported.",
    told: "A request's Content-Encoding is not one that can be read.",
  },
  shape: {
    status: 422,
    came: "another shape, or an id that can't be stored",
    then: inVain,
    error: "The webhook is not of the shape that Circa's contract promises.",
    told: "A webhook is not of the shape that Circa's contract promises.",
  },
  not_stored: {
    status: 503,
    came: "can't be stored now",
    then: "repeated after 5 s until stored",
    error: "The webhook could not be stored. Send it again.",
    told: "A webhook could not be stored: Circa sends it again.",
    retryAfterSeconds: 5,
  },
  overloaded: {
    status: 503,
    came: "more webhooks than can be taken",
    then: "repeated after 5 s until accepted",
    error: "Too many webhooks wait. Send it again.",
    told: "More webhooks come than can be taken: Circa sends them again.",
    retryAfterSeconds: 5,
  },
  admin_token: {
    status: 401,
    came: "a wrong admin token; 429 for many at once",
    then: "the operator sends the right one",
    error: "Send Authorization: Bearer with the value of ADMIN_TOKEN.",
    told: "Wrong admin tokens are sent: they are answered slowly.",
  },
  request: {
    status: 400,
    came: "no readable request",
    then: "the sender needs repair",
    error: "The request can't be read.",
    told: "A request can't be read.",
  },
  slow: {
    status: 408,
    came: "headers over 5 s, or a body over 15 s",
    then: "repeated",
    error: "The request was sent too slowly.",
    told: "A request was sent too slowly and is cut off.",
  },
} as const satisfies Readonly<Record<string, DoorAnswer>>;

export type RefusalReason = keyof typeof doorAnswers;

export function doorAnswer(reason: RefusalReason): DoorAnswer {
  return doorAnswers[reason];
}
