/** HTML seen as lines of marked text: what is compared, and what becomes plain text. */
import { readHtml, type Attributes } from "./html-tokens.ts";

/** A stretch of text with the same marks, e.g. `["a https://…", "b"]`. */
interface Run {
  readonly text: string;
  readonly marks: string;
}

export interface HtmlLine {
  /** The blocks that give the line its look, outermost first, e.g. `blockquote ul`. */
  readonly blocks: string;
  /** First line of a list item. */
  readonly item: boolean;
  readonly runs: Run[];
}

const blockNames = new Set(
  (
    "p div section article header footer main aside ul ol li dl dt dd blockquote pre table caption " +
    "thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 figure figcaption address center"
  ).split(" "),
);
/** Blocks that say nothing but "a new line starts here". */
const plainBlocks = new Set(
  "p div section article header footer main aside center li table thead tbody tfoot tr".split(" "),
);

const markNames = new Map(
  (
    "b:b strong:b i:i em:i u:u ins:u s:s strike:s del:s sub:sub sup:sup " +
    "code:code tt:code samp:code kbd:code"
  )
    .split(" ")
    .map((entry) => entry.split(":") as [string, string]),
);

/** Salesforce moves embedded pictures to an address of its own, so theirs is not compared. */
function pictureAddress(attributes: Attributes): string {
  const source = attributes.get("src") ?? "";
  return source.startsWith("data:") || source.includes("/servlet/") ? "" : source.trim();
}

/** Deeper blocks are read without their look: nobody nests so deep, except to do harm. */
const deepestBlock = 50;

class LineReader {
  readonly lines: HtmlLine[] = [];
  readonly #blocks: string[] = [];
  /** How often each mark is open. */
  readonly #marks = new Map<string, number>();
  #link = "";
  /** What is open now, as runs carry it. */
  #shownMarks = "";
  #runs: Run[] = [];
  #item = false;

  text(text: string): void {
    this.#runs.push({ text, marks: this.#shownMarks });
  }

  open(name: string, attributes: Attributes): void {
    const mark = markNames.get(name);
    if (name === "br") this.#finishLine();
    else if (name === "hr") this.#block(() => this.text("---"));
    else if (name === "img")
      this.#runs.push({ text: "", marks: `img ${pictureAddress(attributes)}` });
    else if (name === "a") this.#setLink((attributes.get("href") ?? "").trim());
    else if (mark !== undefined) this.#setMark(mark, (this.#marks.get(mark) ?? 0) + 1);
    else if (blockNames.has(name)) {
      this.#block(() => {
        if (this.#blocks.length < deepestBlock) this.#blocks.push(name);
      });
      if (name === "li") this.#item = true;
    }
  }

  close(name: string): void {
    const mark = markNames.get(name);
    if (name === "a") this.#setLink("");
    else if (mark !== undefined) {
      this.#setMark(mark, Math.max(0, (this.#marks.get(mark) ?? 0) - 1));
    } else if (blockNames.has(name)) {
      this.#block(() => {
        const opened = this.#blocks.lastIndexOf(name);
        if (opened >= 0) this.#blocks.length = opened;
      });
      if (name === "li") this.#item = false;
    }
  }

  end(): readonly HtmlLine[] {
    this.#block(() => undefined);
    return this.lines;
  }

  #setMark(mark: string, count: number): void {
    if (count === 0) this.#marks.delete(mark);
    else this.#marks.set(mark, count);
    this.#showMarks();
  }

  #setLink(address: string): void {
    this.#link = address;
    this.#showMarks();
  }

  #showMarks(): void {
    const open = [...this.#marks.keys()];
    if (this.#link !== "") open.push(`a ${this.#link}`);
    this.#shownMarks = open.length > 1 ? open.sort().join(" ") : (open[0] ?? "");
  }

  /** Ends the line at the border of a block; a block without content makes no line. */
  #block(change: () => void): void {
    if (this.#runs.some((run) => run.marks.startsWith("img") || /[^ \t\n\r\f]/.test(run.text))) {
      this.#finishLine();
    }
    this.#runs = [];
    change();
  }

  #finishLine(): void {
    const blocks = this.#blocks.filter((name) => !plainBlocks.has(name)).join(" ");
    this.lines.push({ blocks, item: this.#item, runs: this.#runs });
    this.#runs = [];
    this.#item = false;
  }
}

/** The lines of an HTML fragment. Never fails. */
export function readHtmlLines(html: string): readonly HtmlLine[] {
  const reader = new LineReader();
  for (const token of readHtml(html)) {
    if (token.kind === "text") reader.text(token.text);
    else if (token.kind === "open") reader.open(token.name, token.attributes);
    else reader.close(token.name);
  }
  return reader.end();
}
