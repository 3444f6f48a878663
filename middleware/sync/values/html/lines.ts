/** HTML seen as lines of marked text: what is compared, and what becomes plain text. */
import { openItem, openList, type ListState } from "./lists.ts";
import { keepsBlanks, marksOfElement, marksOfStyle } from "./marks.ts";
import { readHtml, type Attributes } from "./tokens.ts";

/** A stretch of text with the same marks, or a picture. */
export interface Run {
  readonly text: string;
  /** In order, e.g. `b i`. */
  readonly marks: string;
  /** Where a link leads; blank where there is none. */
  readonly link: string;
  /** Blanks and tabs count as they are. */
  readonly preformatted: boolean;
  /** What is shown in place of text, by address and alternative text. */
  readonly picture: { readonly address: string; readonly text: string } | null;
}

export interface HtmlLine {
  /** The blocks that give the line its look, outermost first, e.g. `blockquote ul`. */
  readonly blocks: string;
  /** Mark of the list item whose first line this is, such as `-` or `3.`; blank for any other. */
  readonly item: string;
  /** How many lists it stands in. */
  readonly depth: number;
  readonly runs: readonly Run[];
}

interface Block {
  readonly name: string;
  /** Name and place; blank where it says nothing but "a new line starts here". */
  readonly look: string;
  readonly list?: ListState;
  /** Rows and cells of a table so far. */
  readonly table?: { row: number; cell: number };
}

const blockNames = new Set(
  (
    "p div section article header footer main aside ul ol menu li dl dt dd blockquote pre table " +
    "caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 figure figcaption address center details " +
    "summary"
  ).split(" "),
);
const plainBlocks = new Set(
  "p div section article header footer main aside center li table thead tbody tfoot tr".split(" "),
);
const pictureNames = new Set("img iframe video audio embed object".split(" "));
const voidNames = new Set("br hr img embed input wbr col source track area".split(" "));

/** Salesforce moves embedded pictures to an address of its own, so theirs is not compared. */
function pictureAddress(attributes: Attributes): string {
  const source = attributes.get("src") ?? attributes.get("data") ?? "";
  return source.startsWith("data:") || source.includes("/servlet/") ? "" : source.trim();
}

/** Deeper ones are read without their look: only hostile input nests so deep. */
const deepestBlock = 50;
const deepestElement = 200;

class LineReader {
  readonly #lines: (Omit<HtmlLine, "item"> & { readonly item: () => string })[] = [];
  readonly #blocks: Block[] = [];
  /** Elements whose style says something, and what ends with them. */
  readonly #styled: { readonly name: string; readonly marks: string[]; readonly keeps: boolean }[] =
    [];
  /** How often each mark is open. */
  readonly #marks = new Map<string, number>();
  #link = "";
  #shownMarks = "";
  #runs: Run[] = [];
  #item: (() => string) | null = null;
  /** The line break behind `<pre>` is none. */
  #afterPre = false;

  text(text: string): void {
    const preformatted = this.#styled.at(-1)?.keeps ?? false;
    const own = this.#afterPre ? text.replace(/^\r?\n/, "") : text;
    this.#afterPre = false;
    if (!preformatted) this.#add(own, false);
    else {
      for (const [index, line] of own.split(/\r\n?|\n/).entries()) {
        if (index > 0) this.#finishLine();
        this.#add(line, true);
      }
    }
  }

  open(name: string, attributes: Attributes): void {
    this.#afterPre = false;
    if (name === "br") this.#finishLine();
    else if (name === "hr") this.#block(() => this.#add("---", false));
    else if (pictureNames.has(name)) this.#picture(attributes);
    else if (name === "a") this.#link = addressOf(attributes.get("href"));
    for (const mark of marksOfElement(name)) this.#mark(mark, 1);
    if (blockNames.has(name)) this.#openBlock(name, attributes);
    if (!voidNames.has(name)) this.#style(name, attributes);
  }

  close(name: string): void {
    if (name === "a") this.#link = "";
    for (const mark of marksOfElement(name)) this.#mark(mark, -1);
    if (blockNames.has(name)) {
      this.#block(() => {
        const opened = this.#blocks.findLastIndex((block) => block.name === name);
        if (opened >= 0) this.#blocks.length = opened;
      });
      if (name === "li") this.#item = null;
    }
    const styled = this.#styled.findLastIndex((element) => element.name === name);
    if (styled < 0) return;
    for (const { marks } of this.#styled.splice(styled)) {
      for (const mark of marks) this.#mark(mark, -1);
    }
  }

  end(): readonly HtmlLine[] {
    this.#block(() => undefined);
    return this.#lines.map((line) => ({ ...line, item: line.item() }));
  }

  #add(text: string, preformatted: boolean): void {
    if (text === "") return;
    this.#runs.push({
      text,
      marks: this.#shownMarks,
      link: this.#link,
      preformatted,
      picture: null,
    });
  }

  #picture(attributes: Attributes): void {
    const text = (attributes.get("alt") ?? attributes.get("title") ?? "").trim();
    const picture = { address: pictureAddress(attributes), text };
    const run = { text: "", marks: this.#shownMarks, link: this.#link, preformatted: false };
    this.#runs.push({ ...run, picture });
  }

  #openBlock(name: string, attributes: Attributes): void {
    this.#block(() => {
      if (this.#blocks.length < deepestBlock) this.#blocks.push(this.#blockOf(name, attributes));
    });
    if (name === "li") {
      const list = this.#blocks.findLast((block) => block.list !== undefined)?.list;
      this.#item = openItem(list, attributes);
    }
    this.#afterPre = name === "pre";
  }

  #blockOf(name: string, attributes: Attributes): Block {
    const look = plainBlocks.has(name) ? "" : name;
    if (name === "ul" || name === "ol" || name === "menu") {
      return { name, look, list: openList(name === "ol", attributes) };
    }
    if (name === "table") return { name, look, table: { row: 0, cell: 0 } };
    const table = this.#blocks.findLast((block) => block.table !== undefined)?.table;
    if (table !== undefined && name === "tr") [table.row, table.cell] = [table.row + 1, 0];
    if (name !== "td" && name !== "th") return { name, look };
    if (table !== undefined) table.cell += 1;
    const spans = ["rowspan", "colspan"].map((span) => attributes.get(span) ?? "").join("x");
    return { name, look: `${name}@${table?.row ?? 0}.${table?.cell ?? 0}:${spans}` };
  }

  #style(name: string, attributes: Attributes): void {
    const style = attributes.get("style") ?? "";
    const marks = style === "" ? [] : marksOfStyle(style);
    const title = name === "abbr" || name === "acronym" ? attributes.get("title") : undefined;
    if (title !== undefined) marks.push(`abbr:${JSON.stringify(title)}`);
    const keeps = keepsBlanks(name, style);
    if (keeps === null && marks.length === 0 && !this.#styled.some((it) => it.name === name))
      return;
    if (this.#styled.length >= deepestElement) return;
    for (const mark of marks) this.#mark(mark, 1);
    this.#styled.push({ name, marks, keeps: keeps ?? this.#styled.at(-1)?.keeps ?? false });
  }

  #mark(mark: string, more: 1 | -1): void {
    const count = (this.#marks.get(mark) ?? 0) + more;
    if (count <= 0) this.#marks.delete(mark);
    else this.#marks.set(mark, count);
    const open = [...this.#marks.keys()];
    this.#shownMarks = open.length > 1 ? open.sort().join(" ") : (open[0] ?? "");
  }

  /** Ends the line at the border of a block; a block without content makes no line. */
  #block(change: () => void): void {
    if (this.#runs.some(({ picture, text }) => picture !== null || /[^ \t\n\r\f]/.test(text))) {
      this.#finishLine();
    }
    this.#runs = [];
    change();
  }

  #finishLine(): void {
    const blocks = this.#blocks.flatMap(({ look }) => (look === "" ? [] : look)).join(" ");
    const depth = this.#blocks.filter(({ list }) => list !== undefined).length;
    this.#lines.push({ blocks, depth, item: this.#item ?? (() => ""), runs: this.#runs });
    this.#runs = [];
    this.#item = null;
  }
}

/** As browsers read an address: without line breaks and tabs, its ends trimmed. */
const addressOf = (href: string | undefined): string =>
  (href ?? "").replace(/[\t\n\r]/g, "").trim();

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
