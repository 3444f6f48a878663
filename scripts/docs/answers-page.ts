/** Writes the page about other systems' answers from the table that the code uses. */
import { consequences, reaches } from "../../middleware/model/answers/consequences.ts";
import type { Reaction, Rule } from "../../middleware/model/answers/rule.ts";
import { answerTable } from "../../middleware/model/answers/table.ts";
import { doorAnswers, type DoorAnswer } from "../../middleware/model/answers/door.ts";
import { streamFailures } from "../../middleware/model/answers/stream-failure.ts";
import { streamPauses } from "../../middleware/intake/stream/pauses.ts";

const intro = `# Answers

For operators and developers; in each list of answers the first line that holds counts. \`npx tsx scripts/docs-answers.ts\` writes this page.

Codes for tokens and limits count in an answer's text too; those for a moved org, maintenance and locks also in a row's.`;

const places: readonly (readonly [Exclude<keyof typeof answerTable, "stream">, string, string])[] =
  [
    [
      "salesforceCall",
      "A whole call to Salesforce",
      "REST API, or one part of a composite call. Three calls in a row without an answer also lead to a new sign-in; the stream follows.",
    ],
    ["salesforceRow", "A row of a call to Salesforce", "One record of a composite collection."],
    [
      "signIn",
      "Salesforce's token endpoint",
      "It may name a host of Salesforce or of `SALESFORCE_LOGIN_URL`, over https; any other is `configuration`.",
    ],
    [
      "circaCall",
      "A call to Circa",
      "The fields that a refusal names wait; the Event's others are written at once.",
    ],
  ];

/** Lists of codes that several places share, by what they say. */
const sharedCodes = answerTable.salesforceCall.flatMap(({ came, when: { codes = [] } }) =>
  codes.length > 2 ? [{ came, codes }] : [],
);

/** Codes, where a list that stands further up is named by what it says. */
function codesOf(codes: readonly string[], isFirst: boolean): string {
  const shared = isFirst
    ? []
    : sharedCodes.filter((list) => list.codes.every((it) => codes.includes(it)));
  const rest = codes.filter((code) => !shared.some((list) => list.codes.includes(code)));
  return [...shared.map(({ came }) => `as "${came}"`), ...rest.map((code) => `\`${code}\``)].join(
    ", ",
  );
}

function conditionOf({ came, when }: Rule<unknown>, isFirst: boolean): string {
  const { statuses = [], forms = [], codes } = when;
  const shown = statuses.map((it) => (typeof it === "number" ? String(it) : it.join("–")));
  const parts = [
    ...(shown.every((it) => came.includes(it)) ? [] : [shown.join(", ")]),
    ...(forms.length === 0 || /form|page/.test(came) ? [] : [`form: ${forms.join(", ")}`]),
    ...(codes === undefined ? [] : [codesOf(codes, isFirst)]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

/** @param isFirst whether lists of codes stand here in full */
function list<Outcome>(
  rules: readonly Rule<Outcome>[],
  show: (then: Outcome) => string,
  isFirst = false,
): string {
  const lines: { what: string[]; outcome: string }[] = [];
  for (const rule of rules) {
    const what = `${rule.came}${conditionOf(rule, isFirst)}`;
    const outcome = show(rule.then);
    const last = lines.at(-1);
    if (last?.outcome === outcome) last.what.push(what);
    else lines.push({ what: [what], outcome });
  }
  return lines.map(({ what, outcome }) => `- ${outcome}: ${what.join("; ")}`).join("\n");
}

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");

/** A list of reactions; a reach that all of them have is said once. */
function reactions(rules: readonly Rule[], isFirst: boolean): string {
  const found = new Set(rules.map(({ then }) => then.reach));
  const show = ({ kind, reach, signInAnew }: Reaction) =>
    `\`${kind}\`${found.size === 1 ? "" : `, ${reach}`}${signInAnew === true ? ", sign in anew" : ""}`;
  const common = found.size === 1 ? `Reach: ${[...found].join()}.\n\n` : "";
  return `${common}${list(rules, show, isFirst)}`;
}

/** Reasons by what the sender does then. */
function doorLines(): string[] {
  const byThen = new Map<string, string[]>();
  const answers: [string, DoorAnswer][] = Object.entries(doorAnswers);
  for (const [reason, { status, came, then }] of answers) {
    byThen.set(then, [
      ...(byThen.get(then) ?? []),
      `\`${reason}\` ${[status, came].filter(Boolean).join(", ")}`,
    ]);
  }
  return [...byThen].map(([then, reasons]) => `${then}: ${reasons.join("; ")}`);
}

/** The whole page, formatted as Prettier would. */
export function answersPage(): string {
  const kinds = Object.entries(consequences).map(
    ([kind, consequence]) => `\`${kind}\`: ${consequence}`,
  );
  const delaysOf = (isNamed: boolean) =>
    streamFailures
      .filter((failure) => (streamPauses[failure].attention !== null) === isNamed)
      .map((failure) => {
        const { minMs, maxMs } = streamPauses[failure];
        const range = minMs === maxMs ? [minMs] : [minMs, maxMs];
        return `\`${failure}\` ${range.map((ms) => ms / 1_000).join("–")} s`;
      })
      .join(", ");
  const parts = [
    intro,
    `## Kinds\n\n${bullets(kinds)}`,
    `## Reach\n\n${bullets(Object.entries(reaches).map(([reach, circuit]) => `${reach}: ${circuit}`))}\n\nWhile a system refuses every call, \`/health/ready\` answers 503, and the log has its words.`,
    ...places.map(([place, title, about]) => {
      const rules: readonly Rule[] = answerTable[place];
      return `## ${title}\n\n${about}\n\n${reactions(rules, place === "salesforceCall")}`;
    }),
    `## The stream\n\nA refused message, or an answer without one.\n\n${list(
      answerTable.stream,
      (failure) => `\`${failure}\``,
    )}`,
    `Delays, with \`stream.attention\` at once: ${delaysOf(true)}; from the fifth failure in a row: ${delaysOf(false)}.`,
    `## The door\n\nA refusal stores nothing, is counted, and logged once in five minutes. By what the sender does then:\n\n${bullets(doorLines())}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
