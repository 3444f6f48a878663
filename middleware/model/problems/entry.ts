/** What the documentation says of a problem, whoever has it. */
export interface CatalogueEntry {
  /** One or two sentences: what is wrong, and what was not done because of it. */
  readonly meaning: string;
  /** What a person does about it. */
  readonly remedy: string;
  /** It goes away without anybody doing anything. @default false */
  readonly passes?: true;
}

export type Entries = Readonly<Record<string, CatalogueEntry>>;
