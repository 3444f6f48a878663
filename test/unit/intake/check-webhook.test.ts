/** What the door looks at before it answers: the body's bytes, before anything is made of them. */
import { checkWebhook } from "../../../middleware/intake/webhooks/check-webhook.ts";

const body = (name: string) =>
  Buffer.from(
    JSON.stringify({
      type: "event.updated",
      timestamp: "2027-01-01T00:00:00Z",
      data: { id: "E1", version: 1, name, updated_at: "2027-01-01T00:00:00Z" },
    }),
  );

test("a name beyond ASCII is taken", () => {
  expect(checkWebhook(body("Zoë 😀"))).toEqual({ ok: true, ofUse: true });
});

// Read as UTF-8 such bytes become U+FFFD, which would be written to the Campaign.
test.each([
  ["Latin-1", Buffer.from("Zoë", "latin1")],
  ["half a character", Buffer.from([0x5a, 0xf0, 0x9f])],
  ["half an emoji in three bytes", Buffer.from([0xed, 0xa0, 0xbd])],
])("JSON is UTF-8 (RFC 8259, 8.1): %s is refused", (_name, bytes) => {
  const [before, after] = body("NAME").toString().split("NAME");
  const whole = Buffer.concat([Buffer.from(before!), bytes, Buffer.from(after!)]);
  expect(checkWebhook(whole)).toMatchObject({ ok: false, reason: "not_json" });
});
