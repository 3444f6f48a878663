import { parse } from "csv-parse/sync";
import { convertValue } from "../data/convert-value.ts";
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
  const records = readRecords(text, signs[job.columnDelimiter]);
  const columns = Object.keys(records[0] ?? {});
  const object = org.schema.object(job.object);
  const fields = new Map(columns.map((name) => [name, object?.fields.get(name.toLowerCase())]));
  const unknown = columns.filter((name) => !fields.get(name));
  if (unknown.length > 0) {
    throw new IngestDataError(`InvalidBatch : Field name not found : ${unknown.join(", ")}`);
  }
  const rows = records.map((given): IngestRow => {
    const values = Object.entries(given)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => [name, valueOf(fields.get(name), value)] as const);
    const unreadable = values.find(([name, value]) => !isReadable(fields.get(name), value))?.[0];
    return { given, values: Object.fromEntries(values), unreadable: unreadable ?? null };
  });
  return { columns, rows };
}

function isReadable(field: FieldSchema | undefined, value: unknown): boolean {
  try {
    if (field) convertValue(field, value);
    return true;
  } catch {
    return false;
  }
}

function readRecords(text: string, delimiter: string): Record<string, string>[] {
  try {
    return parse<Record<string, string>>(text, {
      ...{ columns: true, bom: true, skip_empty_lines: true },
      delimiter,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new IngestDataError(`InvalidBatch : Failed to parse CSV : ${reason}`);
  }
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
