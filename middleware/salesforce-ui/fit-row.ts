/**
 * Makes a row of Salesforce's screens one that Salesforce takes: one value that its field can't
 * hold would have the whole call refused, and every other row with it.
 */
import { toLongId } from "../model/records.ts";
import { shorten } from "../sync/values/shorten.ts";
import { isDay, parseMoment } from "../sync/values/moments.ts";
import { isStorable, storable } from "../sync/values/storable.ts";
import { isWebAddress, lengthInArea, normaliseText } from "../sync/values/text.ts";
import type { ScreenObjectName, ScreenValues } from "../systems/salesforce/screens.ts";
import { rowShapes, type Shape } from "./row-shapes.ts";

export interface FittedRow {
  /** null where the row as a whole can't be written: its key can't be held. */
  readonly values: ScreenValues | null;
  /** Fields that go blank, since their value can't be held. */
  readonly leftOut: readonly string[];
}

/** Texts are cut and cleaned, since screens only show them; what can't be shown at all goes blank. */
export function fitRow(object: ScreenObjectName, values: ScreenValues): FittedRow {
  const shapes = rowShapes[object];
  const fitted: Record<string, unknown> = {};
  const leftOut: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const shape = shapes[name];
    const held = shape === undefined || value == null ? value : fit(shape, value);
    if (held === undefined) leftOut.push(name);
    fitted[name] = held ?? null;
  }
  const keyless = leftOut.some((name) => shapes[name]?.kind === "key");
  return { values: keyless ? null : fitted, leftOut };
}

/** @returns undefined where the field can't hold anything of it */
function fit(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case "flag":
      return typeof value === "boolean" ? value : undefined;
    case "whole":
      return Number.isInteger(value) && Math.abs(value as number) < 10 ** shape.digits
        ? value
        : undefined;
    case "choice":
      return shape.values.find((it) => it === value);
    default:
      return typeof value === "string" ? fitText(shape, value) : undefined;
  }
}

function fitText(shape: Exclude<Shape, { kind: "flag" | "whole" | "choice" }>, value: string) {
  switch (shape.kind) {
    case "date":
      return isDay(value) ? value : undefined;
    case "moment":
      return parseMoment(value) === null ? undefined : value;
    case "id":
      return toLongId(value) ?? undefined;
    case "key":
      return value.length <= shape.length && isStorable(value) ? value : undefined;
    case "url":
      // A cut address leads nowhere.
      return value.length <= shape.length && isWebAddress(value) ? value : undefined;
    case "json":
      return value.length <= shape.length ? value : undefined;
    case "area":
      return shorten(normaliseText(storable(value)), shape.length, lengthInArea) || null;
    case "text":
      return shorten(normaliseText(storable(value)).replace(/\n/g, " "), shape.length) || null;
  }
}
