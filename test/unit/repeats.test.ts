import type { Log } from "../../middleware/runtime/log.ts";
import { Repeats, withoutRepeats } from "../../middleware/runtime/repeats.ts";

let nowMs: number;
let lines: [string, object, string][];
let log: Log;

beforeEach(() => {
  nowMs = Date.UTC(2026, 5, 1);
  lines = [];
  const write = (level: string) => (fields: object, message: string) =>
    void lines.push([level, fields, message]);
  const plain: Log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: () => plain,
  };
  log = withoutRepeats(plain, { now: () => nowMs });
});

test("what is said each second for an hour stands there once in ten minutes, with how often it came", () => {
  for (let second = 0; second < 3_600; second += 1) {
    log.warn({ error: "Salesforce is down", seconds: second }, "not up to date");
    nowMs += 1_000;
  }
  expect(lines).toHaveLength(6);
  expect(lines[1]).toEqual([
    "warn",
    { error: "Salesforce is down", seconds: 600, repeated: 599 },
    "not up to date",
  ]);
});

test("another subject, another error, another level and another sentence are news", () => {
  log.warn({ id: "a", error: "x" }, "passed over");
  log.warn({ id: "b", error: "x" }, "passed over");
  log.warn({ id: "a", error: "y" }, "passed over");
  log.error({ id: "a", error: "x" }, "passed over");
  log.child({}).warn({ id: "a", error: "x" }, "left out");
  log.child({}).warn({ id: "a", error: "x" }, "left out");
  expect(lines).toHaveLength(5);
});

test("what is no fault is never left out", () => {
  for (let nth = 0; nth < 3; nth += 1) log.info({}, "listening");
  expect(lines).toHaveLength(3);
});

test("a clock that is set back silences nothing, and memory stays bounded", () => {
  const repeats = new Repeats({ now: () => nowMs }, 60_000);
  expect(repeats.say("it")).toBe(0);
  nowMs -= 3_600_000;
  expect(repeats.say("it")).toBe(0);
  for (let nth = 0; nth < 5_000; nth += 1) repeats.say(`other ${nth}`);
  expect(repeats.say("it")).toBe(0);
});
