/** Numbers, amounts and percentages as decimals at the Campaign field's scale, never as floats. */
import { Decimal } from "decimal.js";
import type { CampaignField } from "../../model/fields.ts";
import type { Words } from "../../model/problems/parameters.ts";
import type { Conversion, Converted } from "./conversion.ts";
import { fail, type Route } from "./problems.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "./sides.ts";
import { campaignText, circaText, normaliseText } from "./text.ts";

/** How many digits every JSON number keeps exactly; beyond the second, zeros may stand for others. */
const exactDigits = 15;
const maxExact = Number.MAX_SAFE_INTEGER;
const maxInt = 2_147_483_647;

const numberShape = /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:e[+-]?\d{1,3})?$/i;

/** A JSON number or plain digits as text; null when blank. */
function readDecimal(raw: unknown, trip: Route): Converted<Decimal | null> {
  if (raw == null) return ok(null);
  if (typeof raw === "number" && Number.isFinite(raw)) return ok(new Decimal(raw));
  if (typeof raw !== "string") return fail("NOT_A_NUMBER", trip, raw);
  const text = normaliseText(raw);
  if (text === "") return ok(null);
  return numberShape.test(text) ? ok(new Decimal(text)) : fail("NOT_A_NUMBER", trip, raw);
}

const scaleOf = (field: CampaignField): number => (field.type === "int" ? 0 : field.scale);

// Salesforce rounds half up, away from zero: 12.345 to 12.35, -12.345 to -12.35. Numbers written
// by API may hold more decimals than the field shows, so its side is rounded as well.
// Source: https://help.salesforce.com/s/articleView?id=000387302
const rounded = (value: Decimal, scale: number): Decimal =>
  value.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP);

const isLarge = (value: Decimal): boolean => value.abs().gt(maxExact);

function notExact(value: Decimal, trip: Route): ReturnType<typeof fail> {
  return fail("NUMBER_NOT_EXACT", trip, value.toFixed(), { digits: value.precision(true) });
}

/** A plain JSON number; refused when it would change on its way, or may have done so already. */
function toJsonNumber(value: Decimal, trip: Route): Converted<number> {
  const carried = value.toNumber();
  if (!Number.isFinite(carried)) {
    return fail("NUMBER_TOO_LARGE", trip, value.toString(), {
      range: { phrase: "maxDigits", digits: 308 },
    });
  }
  if (value.precision() > exactDigits || isLarge(value)) return notExact(value, trip);
  // Adding 0 turns -0 into 0.
  return ok(carried + 0);
}

function checkSize(value: Decimal, field: CampaignField, trip: Route): Converted<number> {
  const wholeDigits = field.precision - field.scale;
  if (field.type === "int") {
    if (value.abs().lte(maxInt)) return toJsonNumber(value, trip);
  } else if (field.precision === 0 || value.abs().lt(new Decimal(10).pow(wholeDigits))) {
    return toJsonNumber(value, trip);
  }
  const range: Words =
    field.type === "int"
      ? { phrase: "maxWhole", max: maxInt }
      : { phrase: "maxWholeDigits", digits: wholeDigits };
  return fail("NUMBER_TOO_LARGE", trip, value.toString(), { range });
}

const campaignNumber = ({ reading, writing }: End, field: CampaignField): Side<Decimal> => {
  const scale = scaleOf(field);
  return {
    read: (raw) => {
      const found = readDecimal(raw, reading);
      return found.ok && found.value ? ok(rounded(found.value, scale)) : found;
    },
    write: (value) => checkSize(rounded(value, scale), field, writing),
  };
};

const circaNumber = ({ reading, writing }: End): Side<Decimal> => ({
  read: (raw) => readDecimal(raw, reading),
  write: (value) => toJsonNumber(value, writing),
});

const shortNumber = /^-?\d{1,12}(?:\.\d{1,3})?$/;

/** Decides numbers that are the same, or further apart than rounding can bring together. */
function quickNumbers(circa: unknown, campaign: unknown, unit: number): boolean | undefined {
  if (typeof campaign !== "number") return undefined;
  // Up to 15 digits, text and JSON number stand for the same decimal.
  const short = typeof circa === "string" && circa.length < 18 && shortNumber.test(circa);
  const value = short ? Number(circa) : circa;
  if (typeof value !== "number") return undefined;
  if (value === campaign) return true;
  // The factor outweighs the subtraction's own error.
  return Math.abs(value - campaign) > unit * 1.001 ? false : undefined;
}

/** Numbers, amounts and percentages on both sides. */
export function pairNumbers(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const scale = scaleOf(pair.campaign);
  const unit = 10 ** -scale;
  return join(pair, {
    circa: circaNumber(ends.circa),
    campaign: campaignNumber(ends.campaign, pair.campaign),
    same: (circa, campaign) => rounded(circa, scale).eq(rounded(campaign, scale)),
    quick: (circa, campaign) => quickNumbers(circa, campaign, unit),
  });
}

/**
 * As plain digits; refused when they may not be the ones that were entered. Long numbers come as
 * the text of their digits (`exact-json.ts`), so what came as a number has few, or an exponent.
 */
const asPlainText = (side: Side<Decimal>, trip: Route): Side<string> => ({
  read: (raw, context) => {
    const found = side.read(raw, context);
    if (!found.ok || found.value === null) return found as Converted<null>;
    const { value } = found;
    const doubtful = value.precision() > exactDigits || (typeof raw === "string" && isLarge(value));
    if (doubtful) return notExact(value, trip);
    return ok(value.isZero() ? "0" : value.toFixed());
  },
});

const sameText = (a: string, b: string): boolean => a === b;

/** Circa's number shown in a text field, as plain digits. */
export function showNumberAsText(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: asPlainText(circaNumber(ends.circa), ends.circa.reading),
    campaign: campaignText(ends.campaign, pair.campaign),
    same: sameText,
  });
}

/** The Campaign's number shown in a text of Circa, as plain digits. */
export function showTextFromNumber(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: circaText(ends.circa, pair.circa.type),
    campaign: asPlainText(campaignNumber(ends.campaign, pair.campaign), ends.campaign.reading),
    same: sameText,
  });
}
