import { classifyFailure } from "../../../middleware/intake/stream-failure.ts";

const sfdc = (failureReason: string) => ({ sfdc: { failureReason } });

// The texts are from Salesforce's documentation and from public traces.
test.each([
  ["token", { error: "401::Authentication invalid" }],
  ["token", { error: "403::Handshake denied", ext: sfdc("401::Authentication invalid") }],
  [
    "busy",
    {
      error: "401::Authentication invalid",
      ext: sfdc("503::Server is too busy.  Please try your request again later."),
    },
  ],
  ["unknown_client", { error: "403::Unknown client" }],
  [
    "replay_expired",
    { error: "400::The replayId {1} you provided was invalid.  Please provide a valid ID" },
  ],
  ["limit", { error: "403::Organization total events daily limit exceeded" }],
  [
    "limit",
    {
      error: "403::Handshake denied",
      ext: sfdc("403::Organization concurrent user limit exceeded"),
    },
  ],
  ["configuration", { error: "403::Restricted channel" }],
  ["configuration", { error: "403:denied_by_security_policy:create_denied" }],
  ["configuration", { error: "400::API version in the URI is mandatory." }],
  ["lost", { error: "something nobody has seen" }],
  ["lost", {}],
])("%s: %j", (failure, message) => {
  expect(classifyFailure({ channel: "/meta/connect", successful: false, ...message }).failure).toBe(
    failure,
  );
});
