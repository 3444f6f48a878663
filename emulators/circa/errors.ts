/** Refusals that reach the caller, in Circa's one shape of error. */
export interface ErrorEntry {
  /** Key of the field that is to blame; null when no single field is. */
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
}

/** Ends the handling of a request with `status` and these entries. */
export class ApiError extends Error {
  readonly status: number;
  readonly entries: readonly ErrorEntry[];

  constructor(status: number, entries: readonly ErrorEntry[]) {
    super(entries.map((entry) => entry.message).join("; "));
    this.name = "ApiError";
    this.status = status;
    this.entries = entries;
  }
}

const one = (status: number, code: string, message: string, field: string | null = null) =>
  new ApiError(status, [{ field, code, message }]);

export const badRequest = (message: string) => one(400, "bad_request", message);
export const unauthorized = (message: string) => one(401, "unauthorized", message);
export const forbidden = (message: string) => one(403, "forbidden", message);
export const notFound = (message: string) => one(404, "not_found", message);
export const conflict = (message: string, field: string) => one(409, "conflict", message, field);
export const preconditionFailed = (message: string) => one(412, "precondition_failed", message);
export const unprocessable = (entries: readonly ErrorEntry[]) => new ApiError(422, entries);
