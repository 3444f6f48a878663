/**
 * The one table of everything that can be wrong. A problem can't be opened under a code that is
 * not here; `docs/problems.md`, the package's labels and their German are written from it.
 */
import { creationEntries } from "./creation-entries.ts";
import type { CatalogueEntry } from "./entry.ts";
import { fieldEntries } from "./field-entries.ts";
import { linkEntries } from "./link-entries.ts";
import { mappingEntries } from "./mapping-entries.ts";
import { salesforceEntries } from "./salesforce-entries.ts";
import { valueEntries } from "./value-entries.ts";

/** Everything that an Event, or a field, can have as an open problem. */
export const problemEntries = {
  ...linkEntries,
  ...fieldEntries,
  ...creationEntries,
  ...valueEntries,
  ...salesforceEntries,
};

/** What an open problem of an Event, or of a field, may be called. */
export type ProblemCode = keyof typeof problemEntries;

/** By what they are about, each by code. */
export const problemCatalogue = {
  links: { ...linkEntries, ...fieldEntries, ...creationEntries },
  values: valueEntries,
  salesforce: salesforceEntries,
  mappings: mappingEntries,
} satisfies Readonly<Record<string, Readonly<Record<string, CatalogueEntry>>>>;
