import * as fc from "fast-check";
import { shorten } from "../../../middleware/sync/values/shorten.ts";
import { showText } from "../../../middleware/sync/values/show-value.ts";
import { lengthInArea } from "../../../middleware/sync/values/text.ts";

/** Characters as people see them, of several UTF-16 units each. */
const characters = {
  "a pair": "😀",
  "a family": "👨‍👩‍👧‍👦",
  "a flag": "🇳🇿",
  "a skin tone": "👍🏽",
  "an accent apart": "e\u0301",
  "a syllable of Devanagari": "नि",
  "a syllable of Hangul": "\u1112\u1161\u11ab",
};

test.each(Object.entries(characters))("%s is kept whole or left out", (_, character) => {
  const text = character.repeat(50);
  for (let longest = 1; longest < text.length; longest += 1) {
    const kept = shorten(text, longest);
    expect(kept.length).toBeLessThanOrEqual(longest);
    expect(kept).toMatch(/…$/);
    expect(kept.slice(0, -1)).toBe(character.repeat(kept.slice(0, -1).length / character.length));
  }
});

test("a text that fits stays, and one character that does not fit is cut between pairs", () => {
  expect(shorten("e\u0301", 2)).toBe("e\u0301");
  expect(shorten(`a${"\u0301".repeat(300)}`, 100)).toBe(`a${"\u0301".repeat(98)}…`);
});

test("whatever the text, it fits by the target's own measure", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "\n", "😀", "e\u0301", "👨‍👩‍👧‍👦"), maxLength: 300 }),
      fc.integer({ min: 1, max: 300 }),
      (text, longest) => {
        const kept = shorten(text, longest, lengthInArea);
        expect(lengthInArea(kept)).toBeLessThanOrEqual(longest);
        expect(kept === text).toBe(lengthInArea(text) <= longest);
        expect(kept.isWellFormed()).toBe(true);
      },
    ),
  );
});

test("values quoted in a problem are cut to 80 characters as people see them", () => {
  expect(showText("👨‍👩‍👧‍👦".repeat(81))).toBe(`${"👨‍👩‍👧‍👦".repeat(80)}…`);
  expect(showText("👨‍👩‍👧‍👦".repeat(80))).toBe("👨‍👩‍👧‍👦".repeat(80));
});
