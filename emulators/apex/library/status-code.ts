import { EnumValue } from "../values/value.ts";
import { libraryEnum } from "../intrinsics/enum.ts";

/** Status codes of failed rows that this platform gives. */
const codes = [
  "ALL_OR_NONE_OPERATION_ROLLED_BACK",
  "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
  "DELETE_FAILED",
  "DUPLICATE_EXTERNAL_ID",
  "DUPLICATE_VALUE",
  "ENTITY_IS_DELETED",
  "FIELD_CUSTOM_VALIDATION_EXCEPTION",
  "FIELD_INTEGRITY_EXCEPTION",
  "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
  "INSUFFICIENT_ACCESS_OR_READONLY",
  "INVALID_CROSS_REFERENCE_KEY",
  "INVALID_EMAIL_ADDRESS",
  "INVALID_FIELD",
  "INVALID_FIELD_FOR_INSERT_UPDATE",
  "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
  "INVALID_TYPE",
  "INVALID_TYPE_ON_FIELD_IN_RECORD",
  "LIMIT_EXCEEDED",
  "MALFORMED_ID",
  "MISSING_ARGUMENT",
  "MIXED_DML_OPERATION",
  "NUMBER_OUTSIDE_VALID_RANGE",
  "REQUIRED_FIELD_MISSING",
  "STRING_TOO_LONG",
  "UNABLE_TO_LOCK_ROW",
  "UNDELETE_FAILED",
  "UNKNOWN_EXCEPTION",
] as const;

export const statusCodeInfo = libraryEnum("StatusCode", codes);

/** The enum value; a code the list lacks still gets a value of its own. */
export function statusCodeOf(code: string): EnumValue {
  const found = statusCodeInfo.enumValues.find((value) => value.name === code);
  return found ?? new EnumValue(statusCodeInfo, code, statusCodeInfo.enumValues.length);
}
