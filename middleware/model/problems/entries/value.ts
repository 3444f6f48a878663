/** Values that can't be carried over. */
import { choiceEntries } from "./choices.ts";
import { numberAndDateEntries } from "./numbers-and-dates.ts";
import { textEntries } from "./text.ts";

export const valueEntries = { ...textEntries, ...numberAndDateEntries, ...choiceEntries };

export type ValueProblemCode = keyof typeof valueEntries;
