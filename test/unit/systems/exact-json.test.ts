import * as fc from "fast-check";
import { parseExactJson, quoteLongNumbers } from "../../../middleware/systems/http/exact-json.ts";

test.each([
  ['{"a":9999999999999999}', { a: "9999999999999999" }],
  ['{"a": -0.30000000000000004 }', { a: "-0.30000000000000004" }],
  ['{"a":[1,12345678901234567890,2]}', { a: [1, "12345678901234567890", 2] }],
  ['{"a":1.2345678901234567E7}', { a: "1.2345678901234567E7" }],
  ['{"a":0.10000000000000001}', { a: "0.10000000000000001" }],
  ['{"a":10000000000000000}', { a: "10000000000000000" }],
  ['{"a":999999999999999,"b":0.000000000000000012,"c":1e300}', { a: 999999999999999, b: 1.2e-17, c: 1e300 }],
  ['{"a":"x: 12345678901234567890 \\" , 12345678901234567890","b":12345678901234567}', { a: 'x: 12345678901234567890 " , 12345678901234567890', b: "12345678901234567" }],
])("%s", (json, value) => expect(parseExactJson(json)).toEqual(value)); // prettier-ignore

test("whatever doubles keep is what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const exact = JSON.stringify(parseExactJson(json));
      const long = quoteLongNumbers(json) !== json;
      expect(long || exact === JSON.stringify(JSON.parse(json))).toBe(true);
    }),
  );
});

test("a text between numbers is never touched", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const value = { a: text, b: [text, { [text]: text }] };
      const json = JSON.stringify(value).replace(/}$/, ',"long":12345678901234567890}');
      expect(parseExactJson(json)).toEqual({ ...value, long: "12345678901234567890" });
    }),
  );
});

test("a large text is read in a time that grows with its length", () => {
  const rows = Array.from({ length: 20_000 }, (_, nth) => ({
    Id: `701${nth}`,
    Text: '"\\'.repeat(50),
  }));
  const json = JSON.stringify({ rows, long: 0 }).replace('"long":0', '"long":12345678901234567890');
  expect(parseExactJson(json)).toMatchObject({ long: "12345678901234567890" });
});
