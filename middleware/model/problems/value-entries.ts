/** Values that can't be carried over. */
import { choiceEntries } from "./values/choices.ts";
import { numberAndDateEntries } from "./values/numbers-and-dates.ts";
import { textEntries } from "./values/text.ts";

export const valueEntries = { ...textEntries, ...numberAndDateEntries, ...choiceEntries };

export type ValueProblemCode = keyof typeof valueEntries;
