import { exceptionName } from "../values/exception-name.ts";
import type { ExceptionValue } from "../values/object-value.ts";

/** An Apex exception on its way up the JavaScript stack. */
export class ApexThrow extends Error {
  override readonly name = "ApexThrow";
  readonly exception: ExceptionValue;

  constructor(exception: ExceptionValue) {
    super(exception.message ?? "");
    this.exception = exception;
  }

  /** `System.DmlException: Insert failed. …` and the Apex stack below it. */
  describe(): string {
    const { info, message, stack } = this.exception;
    const head = `${exceptionName(info.qualifiedName)}: ${message ?? "Script-thrown exception"}`;
    return [head, ...stack].join("\n");
  }
}

/** An error that no `catch` and no `finally` sees: a governor limit or a failed assertion. */
export class ApexFatal extends ApexThrow {}
