import { systemClock } from "../../../middleware/runtime/clock.ts";
import { SystemTime } from "../../../middleware/systems/http/system-time.ts";

test("it ticks on from the last date of an answer, whatever this machine's clock is set to", () => {
  let elapsed = 0;
  const time = new SystemTime({ ...systemClock, now: () => 42, elapsedMs: () => elapsed });
  expect(time.now()).toBe(42);
  time.note("Tue, 15 Nov 2033 12:45:26 GMT");
  elapsed = 5_000;
  expect(time.now()).toBe(Date.parse("2033-11-15T12:45:31Z"));
});

test.each([undefined, null, "", "yesterday"])("%p is no date: the one before stays", (date) => {
  const time = new SystemTime({ ...systemClock, elapsedMs: () => 0 });
  time.note("Tue, 15 Nov 2033 12:45:26 GMT");
  time.note(date);
  expect(time.now()).toBe(Date.parse("2033-11-15T12:45:26Z"));
});
