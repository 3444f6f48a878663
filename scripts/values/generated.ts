/** The files that follow from the table of Circa's types. */
import { valuesPage } from "../docs/values-page.ts";
import { pairsClass } from "./pairs-class.ts";
import { withGermanWords, withWords } from "./type-words.ts";

/** By path, what makes a file's text out of the one that it has. */
export const generatedFromValues: Readonly<Record<string, (current: string) => string>> = {
  "docs/values.md": valuesPage,
  "force-app/main/default/classes/mapping/CircaFieldPairs.cls": pairsClass,
  "force-app/main/default/labels/CircaApex.labels-meta.xml": withWords,
  "force-app-de/main/default/translations/de.translation-meta.xml": withGermanWords,
};
