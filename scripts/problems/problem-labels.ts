/** The labels that have what the package says of problems. */
import type {
  ProblemEntry,
  Template,
  Wording,
} from "../../middleware/model/problems/entries/entry.ts";
import { problemEntries } from "../../middleware/model/problems/index.ts";
import { phrases } from "../../middleware/model/problems/phrases.ts";
import { labelEntries, withGerman, type LabelWords } from "../support/package-words.ts";

const prefix = "Circa_Said_";
const maxNameLength = 80;

/** A label's name by what it says: a wording's name, or a phrase's. */
export type LabelNames = ReadonlyMap<string, string>;

export interface ProblemLabels {
  readonly messages: LabelNames;
  readonly hints: LabelNames;
  readonly phrases: LabelNames;
  readonly labels: readonly LabelWords[];
}

const wordings = Object.entries<ProblemEntry>(problemEntries).flatMap(
  ([code, entry]): [string, Wording][] =>
    "wordings" in entry
      ? Object.entries(entry.wordings).map(([name, wording]) => [`${code}.${name}`, wording])
      : [[code, entry]],
);

/** `Value_Removed_One_Event` of `VALUE_REMOVED.oneEvent`. */
function nameOf(text: string): string {
  const words = text.replaceAll(/([a-z])(?=[A-Z])/g, "$1_").split(/[._]/);
  return words
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`)
    .join("_");
}

/** Wordings that several codes share have one label. */
function labelsOf(entries: readonly (readonly [string, Template])[], ending: string) {
  const byTemplate = new Map<Template, LabelWords>();
  const names = new Map<string, string>();
  for (const [of, template] of entries) {
    const name = `${prefix}${nameOf(of)}${ending}`;
    if (name.length > maxNameLength) throw new Error(`${name} is too long for a label's name.`);
    const label = byTemplate.get(template) ?? { name, ...template };
    byTemplate.set(template, label);
    names.set(of, label.name);
  }
  return { names, labels: [...byTemplate.values()] };
}

export function problemLabels(): ProblemLabels {
  const messages = labelsOf(
    wordings.map(([name, { message }]) => [name, message]),
    "_Message",
  );
  const hints = labelsOf(
    wordings.map(([name, { hint }]) => [name, hint]),
    "_Hint",
  );
  const parts = labelsOf(Object.entries<Template>(phrases), "_Phrase");
  return {
    messages: messages.names,
    hints: hints.names,
    phrases: parts.names,
    labels: [...messages.labels, ...hints.labels, ...parts.labels],
  };
}

export const labelsFile = (): string => `<?xml version="1.0" encoding="UTF-8" ?>
<CustomLabels xmlns="http://soap.sforce.com/2006/04/metadata">
${labelEntries(problemLabels().labels).join("")}</CustomLabels>
`;

export const withGermanProblems = (current: string): string =>
  withGerman(current, prefix, problemLabels().labels);
