/** Writes the words for Circa's types among the package's labels and their German. */
import {
  circaFieldTypes,
  circaTypes,
  type CircaFieldType,
} from "../../middleware/model/circa-types.ts";

const prefix = "Circa_Type_";

/** `Long_Text` of `LONG_TEXT`. */
const nameOf = (type: CircaFieldType): string =>
  type.replaceAll(/[A-Z]+/g, (word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`);

/** The label that has a type's words, as Salesforce names it. */
export const labelOf = (type: CircaFieldType): string => `${prefix}${nameOf(type)}`;

const inOrder = [...circaFieldTypes].sort((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1));

const escaped = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Puts `entries` where `element` has the words for types, which stand together. */
function replaced(current: string, element: string, entries: readonly string[]): string {
  const entry = `    <${element}>\n(?:        .*\n)*?        <(?:fullName|name)>${prefix}.*\n(?:        .*\n)*?    </${element}>\n`;
  const run = new RegExp(`(?:${entry})+`);
  if (!run.test(current)) throw new Error(`No ${element} whose name begins with ${prefix}.`);
  return current.replace(run, () => entries.join(""));
}

export const withWords = (current: string): string =>
  replaced(
    current,
    "labels",
    inOrder.map(
      (type) => `    <labels>
        <fullName>${labelOf(type)}</fullName>
        <language>en_US</language>
        <protected>false</protected>
        <shortDescription>Type ${nameOf(type).replaceAll("_", " ")}</shortDescription>
        <value>${escaped(circaTypes[type].english)}</value>
    </labels>
`,
    ),
  );

export const withGermanWords = (current: string): string =>
  replaced(
    current,
    "customLabels",
    inOrder.map(
      (type) => `    <customLabels>
        <label>${escaped(circaTypes[type].german)}</label>
        <name>${labelOf(type)}</name>
    </customLabels>
`,
    ),
  );
