/** What webhooks are answered with. The sender decides by the status whether it sends them again. */
export const doorAnswers = [
  { status: 202, came: "a webhook, kept", then: "nothing more" },
  { status: 400, came: "no JSON, no id, or what can't be read", then: "sends it again, in vain" },
  {
    status: 401,
    came: "a signature or a time that is not valid: another secret, a clock that is off",
    then: "sends it again; it goes through once the secret or the clock is right",
  },
  { status: 404, came: "another connection's address", then: "sends it again, in vain" },
  { status: 413, came: "more than 256 kB", then: "sends it again, in vain: the sweep finds it" },
  { status: 415, came: "another media type or encoding", then: "sends it again, in vain" },
  {
    status: 422,
    came: "JSON of another shape, or an id that can't be kept",
    then: "sends it again, in vain",
  },
  {
    status: 503,
    came: "a webhook that can't be stored now",
    then: "sends it again after 5 s, until it is stored",
  },
] as const;
