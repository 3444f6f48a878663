import { readFileSync } from "node:fs";
import { environmentSchema } from "../../middleware/runtime/config.ts";

interface Variable {
  readonly name: string;
  readonly meaning: string;
  /** As it is written in the table: `required`, blank, or the default in backticks. */
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

/** Cells of a table row without the blanks that the formatter pads them with. */
function tableRows(markdown: string): string[][] {
  const lines = markdown.split("\n").filter((line) => line.startsWith("|"));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

describe("the documents about configuration", () => {
  test("docs/operations.md has a row for each variable, as the schema describes it", () => {
    const rows = tableRows(readFileSync("docs/operations.md", "utf8")).filter(([name = ""]) =>
      /^`[A-Z_]+`$/.test(name),
    );
    const expected = variables.map(({ name, preset, meaning }) => [`\`${name}\``, preset, meaning]);
    expect(rows).toEqual(expected);
  });

  test(".env.example has a line for each variable and no other", () => {
    const lines = readFileSync(".env.example", "utf8").split("\n");
    const names = lines.flatMap((line) => /^#? ?([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(names).toEqual(variables.map(({ name }) => name));
  });
});
