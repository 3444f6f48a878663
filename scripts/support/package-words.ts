/** Writes words among the package's labels and their German. */

/** A label's name and its words in both languages. */
export interface LabelWords {
  readonly name: string;
  readonly english: string;
  readonly german: string;
}

const escaped = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const maxLineLength = 160;

/** As Prettier would break it. */
function element(tag: string, words: string): string {
  const line = `        <${tag}>${escaped(words)}</${tag}>`;
  return line.length <= maxLineLength ? line : line.replace(`<${tag}>`, `<${tag}\n        >`);
}

const inOrder = (labels: readonly LabelWords[]): LabelWords[] =>
  labels.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Labels as a file of them has it. */
export const labelEntries = (labels: readonly LabelWords[], prefix = "Circa_"): string[] =>
  inOrder(labels).map(
    ({ name, english }) => `    <labels>
        <fullName>${name}</fullName>
        <language>en_US</language>
        <protected>false</protected>
        <shortDescription>${name.slice(prefix.length).replaceAll("_", " ")}</shortDescription>
${element("value", english)}
    </labels>
`,
  );

/** The file of translations with those whose names begin with `prefix` written anew. */
export const withGerman = (
  current: string,
  prefix: string,
  labels: readonly LabelWords[],
): string =>
  replaceRun(
    current,
    "customLabels",
    prefix,
    inOrder(labels).map(
      ({ name, german }) => `    <customLabels>
${element("label", german)}
        <name>${name}</name>
    </customLabels>
`,
    ),
  );

/**
 * Puts `entries` where `element` has names that begin with `prefix`, which stand together.
 * @throws when it has none
 */
export function replaceRun(
  current: string,
  element: string,
  prefix: string,
  entries: readonly string[],
): string {
  const entry = `    <${element}>\n(?:        .*\n)*?        <(?:fullName|name)>${prefix}.*\n(?:        .*\n)*?    </${element}>\n`;
  const run = new RegExp(`(?:${entry})+`);
  if (!run.test(current)) throw new Error(`No ${element} whose name begins with ${prefix}.`);
  return current.replace(run, () => entries.join(""));
}
