import { readFileSync } from "node:fs";
import { environmentSchema } from "../../middleware/runtime/config.ts";

const variables = Object.entries(environmentSchema.shape).map(([name, schema]) => {
  const whenUnset = schema.safeParse(undefined);
  const preset = whenUnset.success ? String(whenUnset.data ?? "") : null;
  return { name, meaning: schema.description ?? "", preset };
});

/** The variables of the example: the remark above each, whether it is open, and its value. */
const listed = [
  ...readFileSync(".env.example", "utf8").matchAll(/^# (.*)\n(# )?([A-Z_]+)=(.*)$/gm),
].map(([, meaning = "", mark, name = "", value = ""]) => ({
  ...{ name, meaning, value },
  isOpen: mark === undefined,
}));

describe(".env.example", () => {
  test("has each variable and no other, as the schema describes it", () => {
    expect(listed.map(({ name, meaning }) => ({ name, meaning }))).toEqual(
      variables.map(({ name, meaning }) => ({ name, meaning })),
    );
  });

  test("shows each default behind a #, and what is required open", () => {
    const presets = new Map(variables.map(({ name, preset }) => [name, preset]));
    const shown = listed.filter(({ isOpen }) => !isOpen);
    expect(shown.map(({ name, value }) => [name, value])).toEqual(
      shown.map(({ name }) => [name, presets.get(name)]),
    );
    const open = new Set(listed.flatMap(({ name, isOpen }) => (isOpen ? [name] : [])));
    const required = variables.filter(({ preset }) => preset === null);
    expect(required.filter(({ name }) => !open.has(name))).toEqual([]);
  });
});
