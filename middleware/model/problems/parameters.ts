/** What fills a template: derived from the template itself, so that none is missing or unknown. */
import type { Template } from "./entries/entry.ts";
import type { PhraseName, phrases } from "./phrases.ts";

/** The names in a template, e.g. `from` of `{from} is blank.` */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** A phrase with what fills it. Plain JSON. */
export type Phrase<Name extends PhraseName = PhraseName> = {
  [One in Name]: { readonly phrase: One } & ParametersOf<(typeof phrases)[One]>;
}[Name];

/** Words: text that is the same in all languages, a phrase, or several of them. */
export type Words = string | Phrase | readonly Words[];

/** Names that take a number. */
type NumberName = "length" | "limit" | "excess" | "digits" | "max" | "count" | "events" | "more";
/** Names that take text as it came, such as a label or what another system said. */
type TextName = "label" | "text" | "since";

type ValueOf<Name> = Name extends NumberName ? number : Name extends TextName ? string : Words;

export type ParametersOf<Of extends Template> = {
  readonly [Name in NamesIn<Of["english"]>]: ValueOf<Name>;
};

/** As they are kept: with whatever names. */
export interface Parameters {
  readonly [name: string]: Parameter;
}

export type Parameter = string | number | Parameters | readonly Parameter[];
