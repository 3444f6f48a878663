/** Makes a problem's sentences, where they are read. Pure. */
import type { ProblemEntry, Template, Wording } from "./entries/entry.ts";
import { problemEntries } from "./index.ts";
import type { Parameter, Parameters, ParametersOf } from "./parameters.ts";
import { phrases } from "./phrases.ts";

export interface ProblemWords {
  readonly message: string;
  readonly hint: string;
}

export type Language = keyof Template;

/** A problem as it is kept: of this version, or of one that had other codes and parameters. */
export interface AnyProblem {
  readonly code: string;
  readonly wording: string;
  readonly parameters: Parameters;
}

/**
 * What people read of a problem. One that this version can't word, since another version found it,
 * is said in general; it is worded again once a pass finds it again.
 */
export function wordsOf(problem: AnyProblem, language: Language = "english"): ProblemWords {
  const { code, wording, parameters } = problem;
  const entry = Object.hasOwn(problemEntries, code)
    ? (problemEntries as Readonly<Record<string, ProblemEntry>>)[code]
    : undefined;
  const known = entry === undefined ? null : wordingIn(entry, wording);
  const words = known === null ? null : wordsFor(known, parameters, language);
  return words ?? { message: entry?.meaning ?? code, hint: entry?.remedy ?? "" };
}

function wordingIn(entry: ProblemEntry, name: string): Wording | null {
  if ("message" in entry) return entry;
  return entry.wordings[name.slice(name.indexOf(".") + 1)] ?? null;
}

function wordsFor(
  { message, hint }: Wording,
  parameters: Parameters,
  language: Language,
): ProblemWords | null {
  const said = fill(message, parameters, language);
  const advised = fill(hint, parameters, language);
  const { lead } = parameters;
  const first = lead === undefined ? "" : say(lead, language);
  if (said === null || advised === null || first === null) return null;
  const sentence = upperFirst(said);
  return { message: first === "" ? sentence : `${first} ${sentence}`, hint: upperFirst(advised) };
}

/** A template with its parameters. */
export function sentenceOf<Of extends Template>(
  template: Of,
  parameters: ParametersOf<Of>,
  language: Language = "english",
): string {
  return upperFirst(fill(template, parameters, language) ?? "");
}

/** @returns null when a parameter is missing, or is a phrase that this version does not know */
function fill(template: Template, parameters: Parameters, language: Language): string | null {
  const parts: (string | null)[] = [];
  const text = template[language].replace(/\{(\w+)\}/g, (_gap, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const said = value === undefined ? null : say(value, language);
    parts.push(said);
    return said ?? "";
  });
  return parts.includes(null) ? null : text;
}

function say(value: Parameter, language: Language): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (isList(value)) {
    const parts = value.map((part) => say(part, language));
    return parts.includes(null) ? null : parts.join(", ");
  }
  const name = value["phrase"];
  if (typeof name !== "string" || !Object.hasOwn(phrases, name)) return null;
  return fill(phrases[name as keyof typeof phrases], value, language);
}

const isList = (value: Parameter): value is readonly Parameter[] => Array.isArray(value);

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
