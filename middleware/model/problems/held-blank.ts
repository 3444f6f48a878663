/** What is said of a blank that the initial sync left alone: a fact beside the problems. */
import type { ParametersOf } from "./parameters.ts";
import { sentenceOf, type ProblemWords } from "./words.ts";

const message = {
  english:
    "{empty} is blank and {filled} holds {value}. The first sync overwrites no value with a blank, and the blank side can't take this value, so both stay as they are.",
  german:
    "{empty} ist leer, und {filled} enthält {value}. Die erste Synchronisierung überschreibt keinen Wert mit einem leeren, und die leere Seite kann diesen Wert nicht annehmen, daher bleiben beide, wie sie sind.",
} as const;
const hint = {
  english: "They are synced again as soon as {empty} changes.",
  german: "Sie werden wieder synchronisiert, sobald sich {empty} ändert.",
} as const;

export function heldBlankWords(parameters: ParametersOf<typeof message>): ProblemWords {
  return { message: sentenceOf(message, parameters), hint: sentenceOf(hint, parameters) };
}
