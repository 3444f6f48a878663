/**
 * Apex Decimal: an exact number with a scale, as Java's BigDecimal. `1.50` keeps its two places.
 */
import { decimalType } from "../types/builtin.ts";
import { ApexValue, type KeyContext } from "./value.ts";

export const roundingModes = [
  "UP",
  "DOWN",
  "CEILING",
  "FLOOR",
  "HALF_UP",
  "HALF_DOWN",
  "HALF_EVEN",
  "UNNECESSARY",
] as const;
export type RoundingMode = (typeof roundingModes)[number];

/** Thrown by `round` with UNNECESSARY when digits would be lost. */
export class RoundingNecessary extends Error {}

/** Digits a division keeps: those of IEEE 754 decimal128. */
const divisionDigits = 34;

export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

export class DecimalValue extends ApexValue {
  readonly type = decimalType;
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    super();
    this.unscaled = unscaled;
    this.scale = scale;
  }

  override keyIn(_context: KeyContext): string {
    return `d${this.strip(0).toString()}`;
  }

  static parse(text: string): DecimalValue | null {
    const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text);
    const whole = match?.[2] ?? "";
    const fraction = match?.[3] ?? "";
    if (!match || whole + fraction === "") return null;
    const digits = BigInt(whole + fraction);
    const scale = fraction.length - Number(match[4] ?? 0);
    const value = new DecimalValue(match[1] === "-" ? -digits : digits, scale);
    return scale < 0 ? value.withScale(0, "UNNECESSARY") : value;
  }

  static of(value: number | bigint): DecimalValue {
    if (typeof value === "bigint") return new DecimalValue(value, 0);
    if (Number.isInteger(value)) return new DecimalValue(BigInt(value), 0);
    return DecimalValue.parse(String(value)) ?? new DecimalValue(0n, 0);
  }

  at(scale: number): bigint {
    return this.unscaled * powerOfTen(scale - this.scale);
  }

  compare(other: DecimalValue): number {
    const scale = Math.max(this.scale, other.scale);
    const left = this.at(scale);
    const right = other.at(scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  add(other: DecimalValue): DecimalValue {
    const scale = Math.max(this.scale, other.scale);
    return new DecimalValue(this.at(scale) + other.at(scale), scale);
  }

  subtract(other: DecimalValue): DecimalValue {
    return this.add(new DecimalValue(-other.unscaled, other.scale));
  }

  multiply(other: DecimalValue): DecimalValue {
    return new DecimalValue(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  /** Exact where possible, at the nearest scale; otherwise 34 significant digits. */
  divide(other: DecimalValue): DecimalValue {
    const preferred = Math.max(this.scale - other.scale, 0);
    if (this.unscaled === 0n) return new DecimalValue(0n, preferred);
    const extra = divisionDigits + digitCount(other.unscaled);
    const numerator = this.unscaled * powerOfTen(extra);
    const exact = numerator % other.unscaled === 0n;
    const raw = new DecimalValue(numerator / other.unscaled, this.scale - other.scale + extra);
    if (exact) return raw.strip(preferred);
    const surplus = digitCount(raw.unscaled) - divisionDigits;
    return raw.withScale(raw.scale - surplus, "HALF_UP");
  }

  /** Drops trailing zeros, but not below `least` places. */
  strip(least: number): DecimalValue {
    let { unscaled, scale } = this;
    while (scale > least && unscaled % 10n === 0n) {
      unscaled /= 10n;
      scale -= 1;
    }
    return new DecimalValue(unscaled, scale);
  }

  withScale(scale: number, mode: RoundingMode): DecimalValue {
    if (scale >= this.scale) return new DecimalValue(this.at(scale), scale);
    const divisor = powerOfTen(this.scale - scale);
    return new DecimalValue(divideRounded(this.unscaled, divisor, mode), scale);
  }

  toNumber(): number {
    return Number(this.toString());
  }

  toBigInt(): bigint {
    return this.scale <= 0 ? this.at(0) : this.unscaled / powerOfTen(this.scale);
  }

  override toString(): string {
    const negative = this.unscaled < 0n;
    const digits = (negative ? -this.unscaled : this.unscaled).toString();
    const sign = negative ? "-" : "";
    if (this.scale <= 0) return sign + digits + "0".repeat(-this.scale);
    const padded = digits.padStart(this.scale + 1, "0");
    const split = padded.length - this.scale;
    return `${sign}${padded.slice(0, split)}.${padded.slice(split)}`;
  }
}

function digitCount(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

function divideRounded(value: bigint, divisor: bigint, mode: RoundingMode): bigint {
  const quotient = value / divisor;
  const remainder = value % divisor;
  if (remainder === 0n) return quotient;
  if (mode === "UNNECESSARY") throw new RoundingNecessary("Rounding necessary");
  const negative = value < 0n;
  const twice = (negative ? -remainder : remainder) * 2n;
  const half = twice === divisor ? 0 : twice > divisor ? 1 : -1;
  const odd = quotient % 2n !== 0n;
  const away: Record<Exclude<RoundingMode, "UNNECESSARY">, boolean> = {
    UP: true,
    DOWN: false,
    CEILING: !negative,
    FLOOR: negative,
    HALF_UP: half >= 0,
    HALF_DOWN: half > 0,
    HALF_EVEN: half > 0 || (half === 0 && odd),
  };
  if (!away[mode]) return quotient;
  return negative ? quotient - 1n : quotient + 1n;
}
