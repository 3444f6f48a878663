/**
 * The one table of everything that can be wrong. A problem can't be opened under a code that is
 * not here; `docs/problems.md`, the package's labels and their German are written from it.
 */
import { creationEntries } from "./entries/creation.ts";
import type { CatalogueEntry } from "./entries/entry.ts";
import { fieldEntries } from "./entries/field.ts";
import { linkEntries } from "./entries/link.ts";
import { mappingEntries } from "./entries/mapping.ts";
import { salesforceEntries } from "./entries/salesforce.ts";
import { valueEntries } from "./entries/value.ts";

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
