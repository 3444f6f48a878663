/** docs/behaviour.md names the test that shows each promise; here each of them is looked up. */
import { existsSync, readFileSync } from "node:fs";

const page = readFileSync("docs/behaviour.md", "utf8");

/** `file` "name of the test", the way the page names them. */
const named = [...page.matchAll(/`(test\/[^`]+\.test\.ts)` "([^"]+)"/g)].map(
  ([, file = "", name = ""]) => ({ file, name }),
);
const files = new Set(
  [...page.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file = ""]) => file),
);

/** The titles of a file's tests and groups, as they are written there. */
function titlesOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/\(\s*"((?:[^"\\\n]|\\.)+)",\s*(?:async\s*)?\(/g)].map(
    ([, title = ""]) => title,
  );
}

test("it names tests by file and name", () => {
  expect(named.length).toBeGreaterThan(30);
});

test.each([...files])("%s exists", (file) => {
  expect(existsSync(file)).toBe(true);
});

test.each(named)('$file has "$name"', ({ file, name }) => {
  expect(titlesOf(file)).toContain(name);
});

test.each([
  "All fields",
  "Direction",
  "Lock icon",
  "source of truth",
  "Lists of values",
  "Settings",
  "Single Events",
  "Immediate push",
  "Hourly pull",
  "overwrites",
  "One Event, one Campaign",
])("it speaks of: %s", (topic) => {
  expect(page).toContain(topic);
});
