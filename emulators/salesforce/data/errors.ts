/** Why one row of a write was refused, as the REST API spells it. */
export interface SaveError {
  statusCode: string;
  message: string;
  fields: string[];
}

export function saveError(
  statusCode: string,
  message: string,
  fields: readonly string[] = [],
): SaveError {
  return { statusCode, message, fields: [...fields] };
}

/** A request that is refused whole: a bad query, an unknown field, malformed JSON. */
export class RequestError extends Error {
  constructor(
    readonly errorCode: string,
    message: string,
    readonly fields: readonly string[] | null = null,
  ) {
    super(message);
    this.name = "RequestError";
  }
}

export function unknownColumn(fieldName: string, objectName: string): RequestError {
  return new RequestError(
    "INVALID_FIELD",
    `No such column '${fieldName}' on sobject of type ${objectName}`,
  );
}

export function unknownObject(objectName: string): RequestError {
  return new RequestError("INVALID_TYPE", `sObject type '${objectName}' is not supported.`);
}
