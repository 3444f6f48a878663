/** What a problem's one definition is made of. */

/** What the documentation says of a problem. */
export interface CatalogueEntry {
  /** One or two sentences: what is wrong, and what was not done because of it. */
  readonly meaning: string;
  /** What the reader does about it. */
  readonly remedy: string;
}

export type Entries = Readonly<Record<string, CatalogueEntry>>;

/** A template in each language; `{name}` is a parameter, and both languages have the same ones. */
export interface Template {
  readonly english: string;
  readonly german: string;
}

/** What people read of one problem. */
export interface Wording {
  /** What is wrong, with the field's label and the offending value. */
  readonly message: Template;
  /** What to do about it. */
  readonly hint: Template;
}

/** A problem that a link or a field can have: with one wording, or with one for each case. */
export type ProblemEntry = CatalogueEntry &
  (Wording | { readonly wordings: Readonly<Record<string, Wording>> });

export type ProblemEntries = Readonly<Record<string, ProblemEntry>>;
