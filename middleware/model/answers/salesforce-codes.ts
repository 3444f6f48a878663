/**
 * Salesforce's codes that say more than their place does, by what they mean.
 * Sources: REST API Developer Guide, "Status Codes and Error Responses"; SOAP API Developer Guide,
 * "Core Data Types Used in API Calls", ExceptionCode and StatusCode; Help, "Identity URLs" (its
 * plain-text errors).
 */

/** The access token is refused: a new one is needed. */
export const tokenCodes = [
  "INVALID_SESSION_ID",
  "INVALID_AUTH_HEADER",
  "Bad_OAuth_Token",
  "Missing_OAuth_Token",
] as const;

/** Locked, or too busy for this one: the same call may go through in a moment. */
export const busyCodes = [
  "UNABLE_TO_LOCK_ROW",
  "QUERY_TIMEOUT",
  "UNKNOWN_EXCEPTION",
  "REQUEST_RUNNING_TOO_LONG",
  "RECORD_IN_USE_BY_WORKFLOW",
  "ALREADY_IN_PROCESS",
  "TERRITORY_REALIGN_IN_PROGRESS",
  "TOO_MANY_APEX_REQUESTS",
  "INVALID_QUERY_LOCATOR",
  "INVALID_LOCATOR",
  "ALL_OR_NONE_OPERATION_ROLLED_BACK",
  "PROCESSING_HALTED",
] as const;

/** Maintenance and its like: the org is away for a while. */
export const awayCodes = [
  "SERVER_UNAVAILABLE",
  "SERVICE_UNAVAILABLE",
  "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
  "INVALID_READ_ONLY_USER_DML",
  "ORG_IN_MAINTENANCE",
  "ORG_IS_SIGNING_UP",
  "FUNCTIONALITY_TEMPORARILY_UNAVAILABLE",
  "SSO_SERVICE_DOWN",
] as const;

/** The org lives elsewhere now. */
export const movedCodes = ["ORG_NOT_OWNED_BY_INSTANCE"] as const;

export const limitCodes = ["REQUEST_LIMIT_EXCEEDED", "LIMIT_EXCEEDED", "EXCEEDED_QUOTA"] as const;

export const goneCodes = ["NOT_FOUND", "ENTITY_IS_DELETED", "MISSING_RECORD"] as const;

/** The user, the org or its settings let nothing through. */
export const shutCodes = [
  "API_DISABLED_FOR_ORG",
  "API_CURRENTLY_DISABLED",
  "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
  "PASSWORD_LOCKOUT",
  "INVALID_LOGIN",
  "INVALID_CLIENT",
  "INVALID_NEW_PASSWORD",
  "INVALID_SSO_GATEWAY_URL",
  "INACTIVE_PORTAL",
  "LOGIN_CHALLENGE_ISSUED",
  "LOGIN_CHALLENGE_PENDING",
  "LOGIN_DURING_RESTRICTED_DOMAIN",
  "LOGIN_DURING_RESTRICTED_TIME",
  "LOGIN_MUST_USE_SECURITY_TOKEN",
  "CLIENT_NOT_ACCESSIBLE_FOR_USER",
  "CLIENT_REQUIRE_UPDATE_FOR_USER",
  "MUTUAL_AUTHENTICATION_FAILED",
  "ORG_LOCKED",
  "TRIAL_EXPIRED",
  "UNSUPPORTED_API_VERSION",
  "UNSUPPORTED_CLIENT",
  "OAUTH_APP_BLOCKED",
  "OAUTH_APP_ACCESS_DENIED",
] as const;

/** What this call asks for is not there for the user: other calls go through. */
export const missingCodes = [
  "INVALID_FIELD",
  "INVALID_TYPE",
  "INVALID_TYPE_FOR_OPERATION",
  "MALFORMED_QUERY",
  "FUNCTIONALITY_NOT_ENABLED",
  "INSUFFICIENT_ACCESS",
  "INSUFFICIENT_ACCESS_OR_READONLY",
] as const;

/** Of a row: nothing a person could correct in the values. */
export const orgFullCodes = [
  "STORAGE_LIMIT_EXCEEDED",
  "LICENSE_LIMIT_EXCEEDED",
  "PACKAGE_LICENSE_REQUIRED",
] as const;
