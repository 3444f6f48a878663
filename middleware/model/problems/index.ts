/**
 * The one table of everything that can be wrong. A problem can't be opened under a code that is
 * not here, and `docs/problems.md` is written from it.
 */
import type { CatalogueEntry } from "./entry.ts";
import { linkEntries } from "./link-entries.ts";
import { mappingEntries } from "./mapping-entries.ts";
import { salesforceEntries, type SalesforceProblemCode } from "./salesforce-entries.ts";
import { valueEntries, type ValueProblemCode } from "./value-entries.ts";

/** What an open problem of an Event, or of a field, may be called. */
export type ProblemCode = keyof typeof linkEntries | SalesforceProblemCode | ValueProblemCode;

/** By what they are about, each by code. */
export const problemCatalogue: {
  readonly links: Readonly<Record<keyof typeof linkEntries, CatalogueEntry>>;
  readonly values: Readonly<Record<ValueProblemCode, CatalogueEntry>>;
  readonly salesforce: Readonly<Record<SalesforceProblemCode, CatalogueEntry>>;
  readonly mappings: Readonly<Record<keyof typeof mappingEntries, CatalogueEntry>>;
} = {
  links: linkEntries,
  values: valueEntries,
  salesforce: salesforceEntries,
  mappings: mappingEntries,
};
