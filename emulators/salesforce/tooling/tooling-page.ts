import { z } from "zod";

const page = z.looseObject({ records: z.array(z.record(z.string(), z.unknown())) });
const attributes = z.object({ type: z.string(), url: z.string().optional() });

/**
 * A page of a query as the Tooling API writes it: with its size and the type of its rows, whose addresses
 * are the Tooling API's own.
 */
export function toolingPage(answer: object): object {
  const { records, totalSize, done, ...more } = page.parse(answer);
  const rows = records.map(toolingRow);
  const [first] = records;
  return {
    ...{ size: records.length, totalSize, done, queryLocator: null },
    entityTypeName: first === undefined ? null : attributes.parse(first.attributes).type,
    ...more,
    records: rows,
  };
}

function toolingRow(row: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, toolingValue(name, value)]),
  );
}

function toolingValue(name: string, value: unknown): unknown {
  if (name === "attributes") return toolingAttributes(attributes.parse(value));
  // A complex type: an object, not a text.
  if (name === "Coverage" && typeof value === "string") return JSON.parse(value) as unknown;
  if (typeof value !== "object" || value === null) return value;
  return "records" in value ? toolingPage(value) : toolingRow({ ...value });
}

/** What may be either is called by what it is in its address, and `Name` as a type. */
function toolingAttributes({ type, url }: z.infer<typeof attributes>): object {
  if (url === undefined) return { type };
  const isEither = type === "ApexClassOrTrigger";
  const own = url.includes("/01q") ? "ApexTrigger" : "ApexClass";
  const address = url.replace("/sobjects/", "/tooling/sobjects/");
  return {
    type: isEither ? "Name" : type,
    url: isEither ? address.replace(`/${type}/`, `/${own}/`) : address,
  };
}
