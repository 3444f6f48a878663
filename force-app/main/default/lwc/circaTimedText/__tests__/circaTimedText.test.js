import CircaTimedText from "c/circaTimedText";
import { all, show, textOf } from "testing/show";

const at = "2026-11-23T21:40:00.000Z";
const showText = (properties) => show("c-circa-timed-text", CircaTimedText, properties);
const timesOf = (element) =>
  all(element.shadowRoot, "lightning-formatted-date-time").map(({ value }) => value);
const wordsOf = (element) => textOf(element).replaceAll(/\s+/g, " ").trim();

test("puts the time into its place", () => {
  const element = showText({ text: "Open since {0}, still.", at });
  expect(wordsOf(element)).toBe("Open since , still.");
  expect(timesOf(element)).toEqual([at]);
});

test.each([
  ["a sentence without a place", { text: "Never synced.", at }, "Never synced."],
  ["no time", { text: "Stopped {0}", at: null }, "Stopped"],
  ["a number", { text: 12 }, "12"],
  ["nothing", {}, ""],
])("takes %s", (_what, properties, words) => {
  const element = showText(properties);
  expect(wordsOf(element)).toBe(words);
  expect(timesOf(element)).toEqual([]);
});

test("takes braces that come later as they are", () => {
  expect(wordsOf(showText({ text: "{0} · {0}", at }))).toBe("· {0}");
});
