import { DateTime } from "luxon";
import { wholeSecond } from "../../data/convert-time.ts";
import { type FormulaInput, FormulaError, FormulaRuntimeError, textOf } from "../types.ts";
import { type FunctionCompiler, requireParts, requireType, valueFunction } from "./define.ts";

/** The user's own calendar day; GMT's where nobody acts. */
function today({ org, user }: FormulaInput): string {
  const zone = user && org.store.get("User", user.id)?.TimeZoneSidKey;
  return DateTime.fromJSDate(org.now(), { zone: "utc" })
    .setZone(typeof zone === "string" ? zone : "utc")
    .toFormat("yyyy-MM-dd");
}

function dateOf(year: number, month: number, day: number): string {
  const date = DateTime.utc(Math.trunc(year), Math.trunc(month), Math.trunc(day));
  if (!date.isValid) throw new FormulaRuntimeError(`DATE(${year}, ${month}, ${day}) is no day`);
  return date.toFormat("yyyy-MM-dd");
}

const dateValue: FunctionCompiler = (call) => {
  requireParts(call, 1);
  const [part] = call.parts;
  if (!part) throw new FormulaError("DATEVALUE takes 1 part", call.offset);
  requireType(call, part, "text", "datetime", "date");
  return {
    type: "date",
    run: (input) => {
      const text = textOf(part.run(input)).trim();
      if (text === "") return null;
      const date = DateTime.fromISO(part.type === "text" ? text : text.slice(0, 10), {
        zone: "utc",
      });
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text) && part.type === "text") {
        throw new FormulaRuntimeError(`DATEVALUE can't read "${text}" as YYYY-MM-DD`);
      }
      if (!date.isValid) throw new FormulaRuntimeError(`DATEVALUE: "${text}" is no day`);
      return date.toFormat("yyyy-MM-dd");
    },
  };
};

const part = (from: number, to: number): FunctionCompiler =>
  valueFunction(["date"], "number", ([date]) => Number(String(date).slice(from, to)));

export const dateFunctions: Readonly<Record<string, FunctionCompiler>> = {
  TODAY: valueFunction([], "date", (_values, input) => today(input)),
  NOW: valueFunction([], "datetime", (_values, { org }) => wholeSecond(org.now())),
  DATE: valueFunction(["number", "number", "number"], "date", ([year, month, day]) =>
    dateOf(Number(year), Number(month), Number(day)),
  ),
  DATEVALUE: dateValue,
  YEAR: part(0, 4),
  MONTH: part(5, 7),
  DAY: part(8, 10),
};
