/** HTML that is safe to send: made by the `html` tag only, which escapes what is put in. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | boolean | null | undefined | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function partText(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map((each) => each.text).join("");
  return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Puts a page together; what stands in `${}` is escaped unless it is Html itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.map(
    (piece, index) => piece + (index < parts.length ? partText(parts[index]) : ""),
  );
  return new Html(text.join(""));
}

const style = new Html(`
  :root { color-scheme: light; --ink: #181818; --line: #c9c9c9; --brand: #0b5cab; }
  * { box-sizing: border-box; }
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: #f3f3f3; }
  header { background: var(--brand); color: #fff; padding: .75rem 1.5rem; }
  header a { color: #fff; font-weight: 600; }
  main { max-width: 72rem; margin: 1.5rem auto; padding: 1.5rem; background: #fff; border: 1px solid var(--line); border-radius: .25rem; }
  h1 { font-size: 1.4rem; margin: 0 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
  a { color: var(--brand); }
  a:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, button:focus-visible { outline: 3px solid #fe9339; outline-offset: 1px; }
  dl { display: grid; grid-template-columns: minmax(12rem, 1fr) 3fr; margin: 0; }
  dt, dd { margin: 0; padding: .4rem .6rem; border-bottom: 1px solid #eee; overflow-wrap: anywhere; }
  dt { color: #444; }
  dd span { white-space: pre-wrap; }
  .field { margin: 0 0 1rem; max-width: 40rem; }
  .field label { display: block; font-weight: 600; }
  .field input:not([type=checkbox]), .field select, .field textarea { width: 100%; font: inherit; padding: .35rem; border: 1px solid #747474; border-radius: .2rem; }
  .hint { color: #444; margin: .15rem 0 0; font-size: .9em; }
  .errors { border: 2px solid #ba0517; padding: .5rem 1rem; margin-bottom: 1rem; }
  button { font: inherit; padding: .4rem 1rem; background: var(--brand); color: #fff; border: 0; border-radius: .2rem; cursor: pointer; }
  .skip { position: absolute; left: -999rem; }
  .skip:focus { left: .5rem; top: .5rem; background: #fff; color: var(--ink); padding: .3rem; }
`);

/** A whole page around its content. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | Salesforce emulator</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header><a href="/">Salesforce emulator: Campaigns</a></header>
        <main id="content">
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`.text;
}
