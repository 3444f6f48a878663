import { fill, holdsWords } from "c/circaText";

test("puts values into their places, also the same one twice", () => {
  expect(fill("{0} of {1}, {0}", 1, 2)).toBe("1 of 2, 1");
});

test("leaves a place without a value, and braces in values, as they are", () => {
  expect(fill("{0} {1}", "{1}")).toBe("{1} {1}");
});

test.each([
  ["zurich", true],
  ["zürich EXPO", true],
  ["expo basel", false],
])("finds words without case and accents: %s", (search, isThere) => {
  expect(holdsWords(search, "Expo", "Zürich")).toBe(isThere);
});
