import {
  classifyFailure,
  classifyStatus,
} from "../../../middleware/intake/stream/cometd/cometd-failure.ts";

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
    "crowded",
    {
      error: "403::Handshake denied",
      ext: sfdc("403::Organization concurrent user limit exceeded"),
    },
  ],
  [
    "crowded",
    {
      error:
        "403::To protect all customers from excessive use and Denial of Service attacks, we limit the number of simultaneous connections per server.",
    },
  ],
  ["unknown_client", { error: "403::Client has not completed handshake" }],
  ["configuration", { error: "400::The replayId for channel {/event/A__e} wasn't found" }],
  ["configuration", { error: "400::The channel you requested to subscribe to does not exist" }],
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

test("a status says by itself that the token or the request is wrong, and otherwise nothing", () => {
  expect([401, 413, 403, 503].map(classifyStatus)).toEqual([
    "token",
    "configuration",
    "lost",
    "lost",
  ]);
});
