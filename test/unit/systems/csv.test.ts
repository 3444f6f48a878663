import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { CsvError, readCsv } from "../../../middleware/systems/salesforce/campaigns/csv.ts";

const read = (text: string) => [...readCsv(text)];

describe("a CSV text", () => {
  test("gives its rows with commas, quotes and line ends within values", () => {
    const text = '"a","b ""c"", d","e\nf"\n"","1","g\r\nh"\n';
    expect(read(text)).toEqual([
      ["a", 'b "c", d', "e\nf"],
      ["", "1", "g\r\nh"],
    ]);
  });

  test("may be unquoted, and its lines may end as on Windows", () => {
    expect(read("a,b\r\n1,\r\n")).toEqual([
      ["a", "b"],
      ["1", ""],
    ]);
  });

  test("without a character has no rows", () => expect(read("")).toEqual([]));

  test.each([
    ["within quotes", '"a","b'],
    ["behind a value", '"a","b"'],
    ["in the middle of a line", '"a","b"\n"1"\n'],
    ["before a closing quote", '"a","b"\n"1","2'],
  ])("that is cut off %s is an error", (_where, text) => {
    expect(() => read(text)).toThrow(CsvError);
  });

  test.each([
    ["a quote within a plain value", 'a"b\n'],
    ["something behind a quoted value", '"a"b\n'],
    ["a lone carriage return", "a\rb\n"],
  ])("with %s is an error", (_what, text) => {
    expect(() => read(text)).toThrow(CsvError);
  });

  test("is read as others read it, whatever the values", () => {
    const value = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r\n", "a", "é", " ") });
    const rows = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.boolean(), (given, quoted) => {
        const text = stringify(given, { quoted, quoted_empty: quoted });
        expect(read(text)).toEqual(parse(text, { relax_column_count: false }));
      }),
    );
  });
});
