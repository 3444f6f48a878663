/** Apex values to the platform's field values and back. */
import type { FieldDescribe, FieldValue } from "../ports.ts";
import { fieldApexType } from "../types/field-types.ts";
import {
  blobType,
  dateType,
  datetimeType,
  decimalType,
  integerType,
  timeType,
} from "../types/builtin.ts";
import { DecimalValue } from "../values/decimal.ts";
import {
  BlobValue,
  DateValue,
  DatetimeValue,
  dayMs,
  DoubleValue,
  TimeValue,
} from "../values/scalars.ts";
import { textOf } from "../values/text.ts";
import type { Value } from "../values/value.ts";

/** A blank text is no value: Salesforce keeps null. */
export function fieldValueOf(value: Value): FieldValue {
  if (value === null || value === "") return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object") return value;
  if (value instanceof DecimalValue) return value.toNumber();
  if (value instanceof DoubleValue) return value.value;
  if (value instanceof DateValue || value instanceof DatetimeValue || value instanceof TimeValue)
    return value.iso;
  if (value instanceof BlobValue) return value.bytes.toString("base64");
  return textOf(value);
}

export function apexValueOf(field: FieldDescribe, value: FieldValue): Value {
  return value === null ? null : apexValueByType(fieldApexType(field), field.scale, value);
}

function apexValueByType(
  type: ReturnType<typeof fieldApexType>,
  scale: number,
  value: Exclude<FieldValue, null>,
): Value {
  switch (type) {
    case decimalType: {
      const decimal = DecimalValue.of(Number(value));
      return scale > decimal.scale ? decimal.withScale(scale, "UNNECESSARY") : decimal;
    }
    case integerType:
      return Math.trunc(Number(value));
    case dateType:
      return new DateValue(
        Math.floor(Date.parse(`${String(value).slice(0, 10)}T00:00:00Z`) / dayMs),
      );
    case datetimeType:
      return new DatetimeValue(Date.parse(String(value)));
    case timeType:
      return new TimeValue(Date.parse(`1970-01-01T${String(value).replace(/Z?$/, "Z")}`));
    case blobType:
      return new BlobValue(Buffer.from(String(value), "base64"));
    default:
      return value;
  }
}

/** Values of aggregates have a type but no field. */
export function apexValueOfType(type: string, value: FieldValue): Value {
  if (value === null) return null;
  switch (type) {
    case "int":
      return Number(value);
    case "double":
    case "currency":
    case "percent":
      return DecimalValue.of(Number(value));
    case "date":
      return apexValueByType(dateType, 0, value);
    case "datetime":
      return apexValueByType(datetimeType, 0, value);
    default:
      return value;
  }
}
