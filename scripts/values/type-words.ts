/** The words for Circa's types among the package's labels and their German. */
import {
  circaFieldTypes,
  circaTypes,
  type CircaFieldType,
} from "../../middleware/model/circa-types.ts";
import { labelEntries, replaceRun, withGerman } from "../support/package-words.ts";

const prefix = "Circa_Type_";

/** `Long_Text` of `LONG_TEXT`. */
const nameOf = (type: CircaFieldType): string =>
  type.replaceAll(/[A-Z]+/g, (word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`);

/** The label that has a type's words, as Salesforce names it. */
export const labelOf = (type: CircaFieldType): string => `${prefix}${nameOf(type)}`;

const labels = circaFieldTypes.map((type) => ({ name: labelOf(type), ...circaTypes[type] }));

export const withWords = (current: string): string =>
  replaceRun(current, "labels", prefix, labelEntries(labels));

export const withGermanWords = (current: string): string => withGerman(current, prefix, labels);
