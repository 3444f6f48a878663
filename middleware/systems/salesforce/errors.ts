/** Salesforce's error codes, and what each lets us do next. */
import { z } from "zod";
import { SystemError, type ErrorKind, type FieldRefusal } from "../../errors.ts";

/**
 * Codes not named here are `rejected`: the values or the rules of the org refuse the write.
 * Source: REST API Developer Guide, "Status Codes and Error Responses", and Object Reference,
 * "Exception codes and status codes".
 */
const kindByCode: Readonly<Record<string, ErrorKind>> = {
  UNABLE_TO_LOCK_ROW: "retry",
  SERVER_UNAVAILABLE: "retry",
  UNKNOWN_EXCEPTION: "retry",
  QUERY_TIMEOUT: "retry",
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: "rejected",
  REQUEST_LIMIT_EXCEEDED: "limit",
  LIMIT_EXCEEDED: "limit",
  INVALID_SESSION_ID: "sign_in",
  INVALID_AUTH_HEADER: "sign_in",
  NOT_FOUND: "not_found",
  ENTITY_IS_DELETED: "not_found",
  INVALID_CROSS_REFERENCE_KEY: "not_found",
  INVALID_FIELD: "configuration",
  INVALID_TYPE: "configuration",
  MALFORMED_QUERY: "configuration",
  API_DISABLED_FOR_ORG: "configuration",
  API_CURRENTLY_DISABLED: "configuration",
  FUNCTIONALITY_NOT_ENABLED: "configuration",
  invalid_grant: "configuration",
  invalid_client: "configuration",
  invalid_client_id: "configuration",
  invalid_app_access: "configuration",
  inactive_user: "configuration",
  unsupported_grant_type: "configuration",
};

export function kindOfCode(code: string): ErrorKind {
  return kindByCode[code] ?? "rejected";
}

/** Names of what is thrown where no answer, or none that can be read, came. */
const noAnswerCodes: ReadonlySet<string> = new Set([
  "FetchError",
  "AbortError",
  "TypeError",
  "SyntaxError",
]);

/** What jsforce throws: `errorCode` from the body, or from the HTTP status without one. */
const jsforceErrorSchema = z.object({
  name: z.string(),
  message: z.string(),
  errorCode: z.string().optional(),
  data: z
    .union([
      z.array(
        z.looseObject({
          errorCode: z.string(),
          message: z.string(),
          fields: z.array(z.string()).optional(),
        }),
      ),
      z.unknown(),
    ])
    .optional(),
});

/** Turns whatever a call threw into the family's error; ours pass through unchanged. */
export function toSystemError(action: string, error: unknown): SystemError {
  if (error instanceof SystemError) return error;
  const parsed = jsforceErrorSchema.safeParse(error);
  if (!parsed.success) {
    return new SystemError("salesforce", "retry", `Salesforce ${action} failed`, { cause: error });
  }
  const { name, message, errorCode, data } = parsed.data;
  const code = errorCode ?? name;
  const refusals: FieldRefusal[] = Array.isArray(data)
    ? data.map((entry: { errorCode: string; message: string; fields?: string[] | undefined }) => ({
        code: entry.errorCode,
        message: entry.message,
        fields: entry.fields ?? [],
      }))
    : [{ code, message, fields: [] }];
  return new SystemError(
    "salesforce",
    kindOfThrown(code, refusals),
    `Salesforce ${action}: ${message} (${code})`,
    { refusals, systemWide: isSystemWideCode(code, refusals), cause: error },
  );
}

/**
 * No answer, a gateway's answer, or one that speaks for the whole org. A code such as
 * UNKNOWN_EXCEPTION or QUERY_TIMEOUT comes from a Salesforce that is up and trips over this call.
 */
function isSystemWideCode(code: string, refusals: readonly FieldRefusal[]): boolean {
  const said = code === "MULTIPLE_API_ERRORS" ? (refusals[0]?.code ?? code) : code;
  if (noAnswerCodes.has(said) || /^ERROR_HTTP_(5\d\d|429)$/.test(said)) return true;
  return said === "SERVER_UNAVAILABLE" || kindOfCode(said) === "limit";
}

function kindOfThrown(code: string, refusals: readonly FieldRefusal[]): ErrorKind {
  // A body that is no JSON (a proxy's page, a gateway's error) leaves only the HTTP status.
  if (/^ERROR_HTTP_(5\d\d|420|429)$/.test(code)) return "retry";
  if (code === "ERROR_HTTP_412") return "conflict";
  if (noAnswerCodes.has(code)) return "retry";
  if (code === "MULTIPLE_API_ERRORS") return kindOfCode(refusals[0]?.code ?? code);
  return kindOfCode(code);
}
