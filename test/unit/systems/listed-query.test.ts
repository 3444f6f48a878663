import { SystemError } from "../../../middleware/runtime/errors.ts";
import { listedQueries } from "../../../middleware/systems/salesforce/campaigns/listed-query.ts";
import { isQueryable } from "../../../middleware/systems/salesforce/connection/soql.ts";

type Row = Record<string, string>;

/** A Salesforce that knows three kinds of query, and takes addresses up to a length. */
function org(rows: readonly Row[], { longest = 12_000, code = "ERROR_HTTP_414" } = {}) {
  const sent: string[] = [];
  const queries = listedQueries((action, soql) => {
    sent.push(soql);
    if (encodeURIComponent(soql).length > longest) {
      const details = { refusals: [{ code, message: "too long", fields: [] }] };
      return Promise.reject(new SystemError("salesforce", "rejected", action, details));
    }
    const columns = (/^SELECT (.*) FROM/.exec(soql)?.[1] ?? "").split(", ");
    const named = new Set([...soql.matchAll(/'((?:\\.|[^'\\])*)'/g)].map(([, text]) => text));
    const found = rows.filter(
      (row) => named.has(row["Id"]) || named.has(row["Event"]) || named.size === 0,
    );
    const shown = found.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
    return Promise.resolve(shown.toReversed());
  });
  return { sent, queries };
}

const fields = Array.from({ length: 170 }, (_, at) => `${"Field".repeat(7)}_${1_000 + at}__c`);
const rows = Array.from(
  { length: 200 },
  (_, at): Row => ({
    Id: `701${1_000_000 + at}`,
    Event: `RXZlbnQtMTAwMDAw${1_000 + at}`,
    ...Object.fromEntries(fields.map((name) => [name, `${name} of ${at}`])),
  }),
);
const wanted = {
  action: "reading Campaigns",
  object: "Campaign",
  columns: ["Event", ...fields],
  lists: [
    { values: rows.map((row) => row["Id"]!), where: (list: string) => `Id IN ${list}` },
    { values: rows.map((row) => row["Event"]!), where: (list: string) => `Event IN ${list}` },
  ],
};
const byId = (found: Record<string, unknown>[]) =>
  found.toSorted((a, b) => (String(a["Id"]) < String(b["Id"]) ? -1 : 1));

test.each([12_000, 7_000, 2_000])(
  "170 fields of 200 records, each found twice, in addresses of %d",
  async (longest) => {
    const { sent, queries } = org(rows, { longest });
    expect(byId(await queries.byLists(wanted))).toEqual(rows);
    expect(Math.max(...sent.map((soql) => encodeURIComponent(soql).length))).toBeLessThan(12_400);
  },
);

test("what fits goes in one call", async () => {
  const { sent, queries } = org(rows);
  const columns = fields.slice(0, 40);
  const lists = wanted.lists.map((list) => ({ ...list, values: list.values.slice(0, 100) }));
  await queries.byLists({ ...wanted, columns, lists });
  expect(sent).toHaveLength(1);
});

test("a page of many columns keeps its rows in order", async () => {
  const many = [...fields, ...fields.map((name) => `Other_${name}`)];
  const records = rows.map((row) => ({
    ...row,
    ...Object.fromEntries(many.map((name) => [name, `${name} of ${row["Id"]}`])),
  }));
  const { sent, queries } = org(records);
  const page = { action: "reading a page", object: "Campaign", columns: many, rest: "WHERE x" };
  const found = await queries.page(page);
  expect(found.map(({ Id }) => Id)).toEqual(rows.map((row) => row["Id"]).toReversed());
  expect(found.at(0)).toMatchObject(
    Object.fromEntries(many.map((name) => [name, `${name} of 7011000199`])),
  );
  expect(Math.max(...sent.map((soql) => encodeURIComponent(soql).length))).toBeLessThan(12_400);
});

test.each(["ERROR_HTTP_414", "ERROR_HTTP_431"])(
  "%s: finer, and at once so the next time",
  async (code) => {
    const { sent, queries } = org(rows, { longest: 5_000, code });
    await queries.byLists(wanted);
    const first = sent.length;
    await queries.byLists(wanted);
    expect(sent.slice(first).every((soql) => encodeURIComponent(soql).length <= 5_000)).toBe(true);
  },
);

test("another refusal, or one that no splitting helps, is told", async () => {
  await expect(
    org(rows, { longest: 10, code: "MALFORMED_QUERY" }).queries.byLists(wanted),
  ).rejects.toThrow();
  await expect(org(rows, { longest: 10 }).queries.byLists(wanted)).rejects.toThrow();
});

test.each<[string, boolean]>([
  ["maya@northlark.example", true],
  ["o'brien\\\"@x.example", true],
  ["Ереignis-1", true],
  ["a".repeat(255), true],
  ["a".repeat(256), false],
  ["\ud800@x.example", false],
  ["x\u0000@x.example", false],
  ["x\n@x.example", false],
  ["\u{1f600}@x.example", true],
])("%j may stand in a query: %s", (value, may) => {
  expect(isQueryable(value)).toBe(may);
});

test("values that no record can hold are not asked for, and none is no query", async () => {
  const { sent, queries } = org(rows);
  const lists = [
    { values: ["\ud800", "x\u0000", "a".repeat(300)], where: (it: string) => `Id IN ${it}` },
  ];
  expect(await queries.byLists({ ...wanted, lists })).toEqual([]);
  expect(sent).toEqual([]);
});
