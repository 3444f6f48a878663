/** Writes the page about other systems' answers from the table that the code uses. */
import { consequences, reaches } from "../../middleware/model/answers/consequences.ts";
import type { Condition, Reaction, Rule } from "../../middleware/model/answers/rule.ts";
import { answerTable } from "../../middleware/model/answers/table.ts";
import { doorAnswers } from "../../middleware/model/answers/door.ts";
import { streamFailures } from "../../middleware/model/answers/stream-failure.ts";
import { streamPauses } from "../../middleware/intake/stream/pauses.ts";
import { markdownTable } from "./markdown-table.ts";

const intro = `# Answers

What another system's answer means, by where it was given: the first row that holds. This page is generated from the table that the code uses (\`middleware/model/answers\`) by \`npx tsx scripts/docs-answers.ts\`; a test fails when it is out of date.

Every code of Salesforce's references has its row or falls to the last one of its place: a whole call is retried or a matter of configuration, never anybody's values; a row is refused; 401 is a new sign-in whatever its body.`;

const places: readonly (readonly [Exclude<keyof typeof answerTable, "stream">, string, string])[] =
  [
    [
      "salesforceCall",
      "A whole call to Salesforce",
      "REST API, or one part of a composite call. A redirect, a page of HTML and three calls in a row without an answer have the org's address asked for anew; the stream goes there as well.",
    ],
    [
      "salesforceRow",
      "A row of a call to Salesforce",
      "One record of a composite collection; nothing of it counts for the circuit.",
    ],
    [
      "signIn",
      "Salesforce's token endpoint",
      "The address that it names is used only on a host of Salesforce or of `SALESFORCE_LOGIN_URL`, over https; anything else is a matter of configuration.",
    ],
    [
      "circaCall",
      "A call to Circa",
      "A refused write of one Event names the fields at fault, which wait; the rest is written at once.",
    ],
  ];

function conditionOf({ statuses, forms, codes, inTexts, texts, namesFields }: Condition): string {
  const parts = [
    ...(statuses === undefined
      ? []
      : [`HTTP ${statuses.map((it) => (typeof it === "number" ? it : it.join("–"))).join(", ")}`]),
    ...(forms === undefined || forms.length === 0 ? [] : [`form: ${forms.join(", ")}`]),
    ...(codes === undefined ? [] : [codes.map((code) => `\`${code}\``).join(", ")]),
    ...(inTexts === true ? ["also in its words"] : []),
    ...(texts === undefined ? [] : [`words: \`${texts.source.replaceAll("|", "\\|")}\``]),
    ...(namesFields === true ? ["with a field named"] : []),
  ];
  return parts.join("; ");
}

function rows<Outcome>(rules: readonly Rule<Outcome>[], show: (then: Outcome) => string[]) {
  return rules.map(({ came, when, then }) => [came, conditionOf(when), ...show(then)]);
}

const showReaction = ({ kind, reach, signInAnew }: Reaction): string[] => [
  `\`${kind}\``,
  signInAnew === true ? `${reach}, sign in anew` : reach,
];

/** The whole page, formatted as Prettier would. */
export function answersPage(): string {
  const kinds = Object.entries(consequences).map(([kind, { next, told }]) => [
    `\`${kind}\``,
    next,
    told,
  ]);
  const pauses = streamFailures.map((failure) => {
    const { minMs, maxMs, attention } = streamPauses[failure];
    const pause = `${minMs / 1_000} s to ${maxMs / 1_000} s`;
    return [
      `\`${failure}\``,
      pause,
      attention ?? "nobody at first; from the fifth in a row on the operator",
    ];
  });
  const parts = [
    intro,
    `## Kinds\n\n${markdownTable([["Kind", "What comes next", "Who is told"], ...kinds])}`,
    `## Whom it speaks for\n\n${markdownTable([["Reach", "Circuit"], ...Object.entries(reaches)])}\n\nWhile a system refuses every call until an admin acts (\`configuration\`, counted), \`/health/ready\` answers 503 with that system as \`false\`, and the log has one line with the system's words.`,
    ...places.map(([place, title, about]) => {
      const rules: readonly Rule[] = answerTable[place];
      const table = [["What came", "By", "Kind", "Reach"], ...rows(rules, showReaction)];
      return `## ${title}\n\n${about}\n\n${markdownTable(table)}`;
    }),
    `## The stream\n\nA refused message, or an answer without one.\n\n${markdownTable([
      ["What came", "By", "Failure"],
      ...rows(answerTable.stream, (failure) => [`\`${failure}\``]),
    ])}`,
    `How long it rests then:\n\n${markdownTable([["Failure", "Pause", "Who is told"], ...pauses])}`,
    `## The door\n\nA webhook that is kept is answered with 202. Every refusal stores nothing and is counted by its reason; the log says it in words, once in five minutes for each reason.\n\n${markdownTable(
      [
        ["Reason", "Status", "What came", "What the sender does then"],
        ...Object.entries(doorAnswers).map(([reason, { status, came, then }]) => [
          `\`${reason}\``,
          String(status),
          came,
          then,
        ]),
      ],
    )}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
