import { WaitTimeoutError } from "../../emulators/wait-until.ts";
import { DemoError } from "./demo-error.ts";
import type { Screen } from "./screen.ts";

/**
 * Says what went wrong: a sentence where we know what to do, a stack where we don't.
 * @returns the exit code
 */
export function reportFailure(error: unknown, screen: Screen, help: string): number {
  if (error instanceof DemoError || error instanceof WaitTimeoutError) {
    screen.say(screen.paint("red", error.message));
    return 1;
  }
  if (error instanceof TypeError && "code" in error && isArgumentError(error.code)) {
    screen.say(`${screen.paint("red", error.message)}\n\n${help}`);
    return 2;
  }
  screen.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

function isArgumentError(code: unknown): boolean {
  return typeof code === "string" && code.startsWith("ERR_PARSE_ARGS");
}
