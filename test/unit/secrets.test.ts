import { systemClock } from "../../middleware/runtime/clock.ts";
import { describeError, SystemError } from "../../middleware/runtime/errors.ts";
import { createLog } from "../../middleware/runtime/log.ts";
import { keepPassingSecret, keepSecrets, redact } from "../../middleware/runtime/secrets.ts";

const secret = 'whsec_a+b/c="d"\\e f';
beforeAll(() => {
  keepSecrets([secret]);
  keepPassingSecret("00D!token.of.now");
});

test.each([
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ client_secret: secret }).toString(),
  JSON.stringify({ client_secret: secret }),
  Buffer.from(secret).toString("base64"),
  "Bearer 00D!token.of.now",
])("%s is shown nowhere", (text) => {
  const lines: string[] = [];
  const error = new SystemError("salesforce", "rejected", `it echoes ${text}`, {
    refusals: [{ code: "X", message: text, fields: [] }],
  });
  createLog("info", (line) => lines.push(line)).info({ deep: { in: [text] }, text }, text);
  const shown = [redact(text), error.message, error.refusals[0]?.message, lines.join("")];
  shown.push(describeError(new Error(text)), describeError(text));
  for (const it of shown) {
    expect(it).toContain("[secret]");
    expect(it).not.toMatch(/a\+b|a%2Bb|token\.of\.now|d3hzZWNf/);
  }
});

test("short words are no secrets", () => {
  keepSecrets(["a", ""]);
  expect(redact("a banana")).toBe("a banana");
});

test("a sleep of more than 2^31 ms does not end at once", async () => {
  const stop = new AbortController();
  let ended = false;
  const asleep = systemClock.sleep(2_592_000_000, stop.signal).then(() => (ended = true));
  await systemClock.sleep(50);
  expect(ended).toBe(false);
  stop.abort();
  await asleep;
});
