/** A route under `/emulator`: it steers the emulator, needs no key and is no part of Circa. */
import type { Circa } from "../circa.ts";
import type { Answer } from "../route.ts";

export interface ControlRoute {
  readonly method: "get" | "post" | "patch" | "delete";
  readonly path: string;
  readonly handle: (
    circa: Circa,
    body: unknown,
    params: Readonly<Record<string, string>>,
  ) => Answer;
}
