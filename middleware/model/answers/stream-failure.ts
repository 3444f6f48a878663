/**
 * Why a session of the stream ended, whatever carried it. What comes next is in `stream-pauses.ts`.
 *
 * | failure          | meaning                                                            |
 * | ---------------- | ------------------------------------------------------------------ |
 * | `lost`           | cut, silent, garbled: anything that a fresh session may get past   |
 * | `unknown_client` | the server has forgotten the session: normal every few hours       |
 * | `token`          | the access token is refused: a new one is needed                   |
 * | `busy`           | the server is too busy; the token is good                          |
 * | `crowded`        | too many clients at once in the org                                |
 * | `limit`          | the org's daily allowance of events is used up                     |
 * | `replay_expired` | the place to resume from is no longer kept: events were missed     |
 * | `configuration`  | the subscription is refused: an admin has to act                   |
 * | `sign_in`        | the sign-in is refused: an admin has to act                        |
 * | `held`           | not tried: the circuit holds calls back from a Salesforce down     |
 * | `unheard`        | our own heartbeat did not come back: events go missing             |
 * | `not_kept`       | our store did not take the events; the next session brings them    |
 */
export const streamFailures = [
  "lost",
  "unknown_client",
  "token",
  "busy",
  "crowded",
  "limit",
  "replay_expired",
  "configuration",
  "sign_in",
  "held",
  "unheard",
  "not_kept",
] as const;
export type StreamFailure = (typeof streamFailures)[number];
