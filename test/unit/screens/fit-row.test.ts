/** Rows of Salesforce's screens against the fields that the package defines. */
import * as fc from "fast-check";
import { convertValue } from "../../../emulators/salesforce/data/convert-value.ts";
import { loadSchema } from "../../../emulators/salesforce/data/load-schema.ts";
import { fitRow } from "../../../middleware/salesforce-ui/fit-row.ts";
import { rowShapes, type Shape } from "../../../middleware/salesforce-ui/row-shapes.ts";
import type { ScreenObjectName } from "../../../middleware/systems/salesforce/screens.ts";

const schema = loadSchema(["force-app/main/default"], new Date("2026-01-01T00:00:00Z"));
const fields = Object.entries(rowShapes).flatMap(([object, shapes]) =>
  Object.entries(shapes).map(([name, shape]) => ({
    object: object as ScreenObjectName,
    name,
    shape,
    field: schema.field(object, name),
  })),
);

const types: Readonly<Record<Shape["kind"], string>> = {
  text: "string",
  key: "string",
  area: "textarea",
  json: "textarea",
  url: "url",
  date: "date",
  moment: "datetime",
  flag: "boolean",
  id: "reference",
  whole: "double",
  choice: "picklist",
};

test.each(fields)("$object.$name has the shape of the package's field", ({ shape, field }) => {
  expect(field).toMatchObject({ type: types[shape.kind] });
  expect("length" in shape ? shape.length : 0).toBe("length" in shape ? field?.length : 0);
  expect("digits" in shape ? shape.digits : 0).toBe("digits" in shape ? field?.precision : 0);
});

const odd = [
  ..."0000-00-00 2027-02-30 1699-12-31 4001-01-01 2027-05-04T99:00:00Z 9999-12-31T23:59:59Z".split(
    " ",
  ),
  ...["javascript:alert(1)", "https://a b", "\ud800", "\u0000", "\r\n".repeat(3_000), "", "  "],
  ...["x".repeat(40_000), "👨‍👩‍👧‍👦".repeat(400), NaN, 1e21, -1, 0.5, true, null, undefined, {}, []],
];

test.each(fields)("$object.$name takes whatever is fitted into it", ({ object, name, field }) => {
  const values = fc.oneof(
    fc.constantFrom(...odd),
    fc.string({ unit: "binary" }),
    fc.anything({ maxDepth: 1 }),
  );
  fc.assert(
    fc.property(values, (value) => {
      const fitted = fitRow(object, { [name]: value });
      if (fitted.values === null) return;
      // From here on only what is sent as JSON matters.
      const sent: unknown = JSON.parse(JSON.stringify(fitted.values));
      const stored = convertValue(field!, (sent as Record<string, unknown>)[name]);
      expect(stored).toMatchObject({ ok: true });
    }),
  );
});

test("what goes blank is named, and without its key there is no row", () => {
  const good = { Event_Id__c: "RXZlbnQtMQ", Start_Date__c: "2027-05-04" };
  expect(fitRow("Circa_Event__c", good)).toEqual({ values: good, leftOut: [] });
  expect(fitRow("Circa_Event__c", { ...good, Start_Date__c: "0000-00-00" })).toEqual({
    values: { ...good, Start_Date__c: null },
    leftOut: ["Start_Date__c"],
  });
  expect(fitRow("Circa_Event__c", { ...good, Event_Id__c: "x".repeat(65) })).toEqual({
    values: null,
    leftOut: ["Event_Id__c"],
  });
});
