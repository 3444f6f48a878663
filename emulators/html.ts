/** HTML templates that escape whatever is put into them. Attributes must stand in double quotes. */
export class Html {
  readonly text: string;

  /** Only for text that is HTML already: everything else goes through `html`. */
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | boolean | null | undefined | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === false || part == null) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "object") return part.map(render).join("");
  return String(part);
}

/** A piece of HTML; nothing is put in for false, null and undefined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings
      .map((string, index) => (index === 0 ? string : render(parts[index - 1]) + string))
      .join(""),
  );
}

/** A browser drops one line end after the opening tag: with one to spare, the text keeps its own. */
export function textarea(attributes: Html, text: string): Html {
  return new Html(`<textarea ${attributes.text}>\n${escaped(text)}</textarea>`);
}
