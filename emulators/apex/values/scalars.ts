/** Double, Date, Datetime, Time and Blob values. Calendar values count in UTC. */
import { blobType, dateType, datetimeType, doubleType, timeType } from "../types/builtin.ts";
import { ApexValue, type KeyContext } from "./value.ts";

export const dayMs = 86_400_000;

export class DoubleValue extends ApexValue {
  readonly type = doubleType;
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  override keyIn(_context: KeyContext): string {
    return `f${this.value}`;
  }
}

/** A calendar day without a zone: days since 1970-01-01. */
export class DateValue extends ApexValue {
  readonly type = dateType;
  readonly day: number;

  constructor(day: number) {
    super();
    this.day = day;
  }

  override keyIn(_context: KeyContext): string {
    return `D${this.day}`;
  }

  /** Months count from 1; overflowing months and days roll over as in Java's calendar. */
  static of(year: number, month: number, day: number): DateValue {
    // Date.UTC takes years below 100 for those of the 20th century; this does not.
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return new DateValue(Math.floor(date.getTime() / dayMs));
  }

  get utc(): Date {
    return new Date(this.day * dayMs);
  }

  /** `2026-11-23`. */
  get iso(): string {
    return this.utc.toISOString().slice(0, 10);
  }
}

/** An instant: milliseconds since 1970. */
export class DatetimeValue extends ApexValue {
  readonly type = datetimeType;
  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ms;
  }

  override keyIn(_context: KeyContext): string {
    return `T${this.ms}`;
  }

  get iso(): string {
    return new Date(this.ms).toISOString();
  }
}

/** Milliseconds since midnight. */
export class TimeValue extends ApexValue {
  readonly type = timeType;
  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ((ms % dayMs) + dayMs) % dayMs;
  }

  override keyIn(_context: KeyContext): string {
    return `t${this.ms}`;
  }

  /** `14:30:00.000Z`. */
  get iso(): string {
    return new Date(this.ms).toISOString().slice(11);
  }
}

export class BlobValue extends ApexValue {
  readonly type = blobType;
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    super();
    this.bytes = bytes;
  }

  override keyIn(_context: KeyContext): string {
    return `b${this.bytes.toString("base64")}`;
  }
}
