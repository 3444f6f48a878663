/** What an Apex expression can evaluate to. */
import type { ApexType } from "../types/type.ts";

/**
 * null, Boolean, Integer (number), Long (bigint), String and Id (string); every other Apex type
 * is an object that knows its type.
 */
export type Value = null | boolean | number | bigint | string | ApexValue;

export abstract class ApexValue {
  abstract readonly type: ApexType;
}
