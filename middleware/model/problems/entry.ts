/** What the documentation says of a problem. */
export interface CatalogueEntry {
  /** One or two sentences: what is wrong, and what was not done because of it. */
  readonly meaning: string;
  /** What the reader does about it. */
  readonly remedy: string;
}

export type Entries = Readonly<Record<string, CatalogueEntry>>;
