import { readFileSync } from "node:fs";
import { environmentSchema } from "../../middleware/runtime/config.ts";

interface Variable {
  readonly name: string;
  readonly meaning: string;
  /** As it is written in the list: `required`, blank, or the default in backticks. */
  readonly preset: string;
}

const variables: Variable[] = Object.entries(environmentSchema.shape).map(([name, schema]) => {
  const whenUnset = schema.safeParse(undefined);
  const preset = whenUnset.success
    ? whenUnset.data === undefined
      ? ""
      : `\`${String(whenUnset.data)}\``
    : "required";
  return { name, meaning: schema.description ?? "", preset };
});

/** The lines of a list of variables: name, default in brackets, meaning. */
function listedVariables(markdown: string): string[][] {
  const lines = markdown.matchAll(/^- (`[A-Z_]+`)(?: \(([^)]*)\))?: (.*)$/gm);
  return [...lines].map(([, name = "", preset = "", meaning = ""]) => [name, preset, meaning]);
}

describe("the documents about configuration", () => {
  test("docs/operations.md has a line for each variable, as the schema describes it", () => {
    const listed = listedVariables(readFileSync("docs/operations.md", "utf8"));
    const expected = variables.map(({ name, preset, meaning }) => [`\`${name}\``, preset, meaning]);
    expect(listed).toEqual(expected);
  });

  test(".env.example has a line for each variable and no other", () => {
    const lines = readFileSync(".env.example", "utf8").split("\n");
    const names = lines.flatMap((line) => /^#? ?([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(names).toEqual(variables.map(({ name }) => name));
  });
});
