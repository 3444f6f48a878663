import { parse } from "csv-parse/sync";
import type { FieldSchema } from "../schema/types.ts";
import type { IngestRow } from "./bulk-ingest-rows.ts";
import type { RestContext } from "./rest-context.ts";

export const delimiters = ["COMMA", "TAB", "SEMICOLON", "PIPE", "CARET", "BACKQUOTE"] as const;
const signs: Readonly<Record<(typeof delimiters)[number], string>> = {
  ...{ COMMA: ",", TAB: "\t", SEMICOLON: ";", PIPE: "|", CARET: "^", BACKQUOTE: "`" },
};

/** What fails a whole job: the message as the job shows it. */
export class IngestDataError extends Error {
  override readonly name = "IngestDataError";
}

/**
 * Reads a job's CSV; a blank leaves a field alone, `#N/A` empties it.
 * @throws IngestDataError when the job can't be processed at all
 */
export function readIngestCsv(
  { org }: RestContext,
  job: {
    readonly object: string;
    readonly lineEnding: "LF" | "CRLF";
    readonly columnDelimiter: (typeof delimiters)[number];
  },
  text: string,
): { readonly columns: readonly string[]; readonly rows: readonly IngestRow[] } {
  if (/\r\n/.test(text) !== (job.lineEnding === "CRLF") && /\n/.test(text)) {
    throw new IngestDataError("ClientInputError : LineEnding is invalid on user data");
  }
  const records = parse<Record<string, string>>(text, {
    columns: true,
    bom: true,
    delimiter: signs[job.columnDelimiter],
    skip_empty_lines: true,
  });
  const columns = Object.keys(records[0] ?? {});
  const object = org.schema.object(job.object);
  const fields = new Map(columns.map((name) => [name, object?.fields.get(name.toLowerCase())]));
  const unknown = columns.filter((name) => !fields.get(name));
  if (unknown.length > 0) {
    throw new IngestDataError(`InvalidBatch : Field name not found : ${unknown.join(", ")}`);
  }
  const rows = records.map((given) => ({
    given,
    values: Object.fromEntries(
      Object.entries(given)
        .filter(([, value]) => value !== "")
        .map(([name, value]) => [name, valueOf(fields.get(name), value)]),
    ),
  }));
  return { columns, rows };
}

function valueOf(field: FieldSchema | undefined, text: string): unknown {
  if (text === "#N/A") return null;
  switch (field?.type) {
    case "boolean":
      return /^(true|1)$/i.test(text);
    case "int":
    case "double":
    case "currency":
    case "percent":
      return Number.isNaN(Number(text)) ? text : Number(text);
    default:
      return text;
  }
}
