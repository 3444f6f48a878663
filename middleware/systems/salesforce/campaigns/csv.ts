/**
 * Reads CSV as RFC 4180 has it, strictly: what is cut off or garbled is an error and never a row.
 * Rows come one at a time, so that a large text is never held twice.
 */

/** The text is no CSV, or not all of it. */
export class CsvError extends Error {
  override readonly name = "CsvError";
}

/** @throws CsvError at the first place that breaks the rules; the last line must be ended too */
export function* readCsv(text: string): Generator<readonly string[]> {
  let at = 0;
  let width: number | null = null;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const [value, end] = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
      row.push(value);
      at = end;
      if (text[at] === ",") {
        at += 1;
        continue;
      }
      if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
      if (text[at] !== "\n") throw new CsvError(`no end of line at ${at}`);
      at += 1;
      break;
    }
    width ??= row.length;
    if (row.length !== width) throw new CsvError(`${row.length} values instead of ${width}`);
    yield row;
  }
}

function readQuoted(text: string, start: number): readonly [value: string, end: number] {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) throw new CsvError(`the quotes at ${start} are never closed`);
    if (text[quote + 1] !== '"') {
      const value = text.slice(start + 1, quote);
      return [from === start + 1 ? value : value.replaceAll('""', '"'), quote + 1];
    }
    from = quote + 2;
  }
}

const endOfPlain = /[",\r\n]/g;

function readPlain(text: string, start: number): readonly [value: string, end: number] {
  endOfPlain.lastIndex = start;
  const end = endOfPlain.exec(text)?.index ?? text.length;
  if (text[end] === '"') throw new CsvError(`quotes within a plain value at ${end}`);
  return [text.slice(start, end), end];
}
