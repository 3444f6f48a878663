import type { NextFunction, Request, Response } from "express";
import { RequestError } from "../data/errors.ts";

/** An error with a status of its own. */
export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly fields: readonly string[] | null = null,
  ) {
    super(message);
    this.name = "RestError";
  }
}

/** 412, which has no body: jsforce reports it as ERROR_HTTP_412 with an empty message. */
export class PreconditionFailed extends Error {}

export function notFound(message = "The requested resource does not exist"): RestError {
  return new RestError(404, "NOT_FOUND", message);
}

/** The status that single-record calls answer with, by error code. */
export function statusOf(errorCode: string): number {
  switch (errorCode) {
    case "INSUFFICIENT_ACCESS_OR_READONLY":
    case "REQUEST_LIMIT_EXCEEDED":
      return 403;
    case "ENTITY_IS_DELETED":
    case "INVALID_CROSS_REFERENCE_KEY":
    case "NOT_FOUND":
      return 404;
    default:
      return 400;
  }
}

/** Last in the chain: writes any error as Salesforce does, a list of one. */
export function sendError(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  if (error instanceof PreconditionFailed) {
    response.status(412).end();
  } else if (error instanceof RestError) {
    response.status(error.status).json([body(error)]);
  } else if (error instanceof RequestError) {
    response.status(statusOf(error.errorCode)).json([body(error)]);
  } else if (isBodyError(error)) {
    const message = error.message;
    response.status(error.status).json([{ message, errorCode: "JSON_PARSER_ERROR" }]);
  } else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `Salesforce emulator: ${error instanceof Error ? String(error.stack) : message}\n`,
    );
    const text = `An unexpected error occurred. Please include this ErrorId if you contact support: ${message}`;
    response.status(500).json([{ message: text, errorCode: "UNKNOWN_EXCEPTION" }]);
  }
}

function body(error: RestError | RequestError): object {
  const { message, errorCode } = error;
  return error.fields ? { message, errorCode, fields: error.fields } : { message, errorCode };
}

function isBodyError(error: unknown): error is Error & { status: number } {
  return (
    error instanceof Error &&
    "status" in error &&
    typeof error.status === "number" &&
    error.status < 500
  );
}
