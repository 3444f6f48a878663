/** Values that people enter: no two texts are the same, so that each can be told from the others. */
import type { Random } from "../engine/random.ts";
import { toCirca, type Neutral, type SimField } from "../fields.ts";
import type { World } from "../world.ts";

export interface ValueStyle {
  /** What picklists can be chosen from. */
  readonly options: readonly string[];
  /** Now and then longer than the Campaign's field takes. */
  readonly maybeTooLong: boolean;
}

export function inventValue(random: Random, field: SimField, style: ValueStyle): Neutral {
  if (!field.required && field.kind !== "checkbox" && random.chance(0.08)) return null;
  const mark = random.between(0, 0xff_ffff).toString(36);
  switch (field.kind) {
    case "text":
      return style.maybeTooLong && random.chance(0.04)
        ? `${mark} ${"long ".repeat(Math.ceil(field.length / 5))}end`
        : `${field.key} ${mark}`;
    case "number":
      return random.between(0, 9_999_999) / 100;
    case "checkbox":
      return random.chance(0.5);
    case "date":
      return new Date(Date.UTC(2026, 0, random.between(1, 700))).toISOString().slice(0, 10);
    case "choice":
      return style.options.length === 0 ? null : random.pick(style.options);
    case "choices": {
      const chosen = style.options.filter(() => random.chance(0.5)).toSorted();
      return chosen.length === 0 ? null : chosen.join(";");
    }
  }
}

/**
 * One edit of a record, wherever it is made: one of these fields, or two, and what is entered
 * there; nothing where there are no fields.
 */
export function inventEdit<Field extends SimField, Value>(
  random: Random,
  fields: readonly Field[],
  valueOf: (field: Field) => Value,
): ReadonlyMap<Field, Value> {
  if (fields.length === 0) return new Map();
  const first = random.pick(fields);
  const chosen = random.chance(0.3) ? new Set([first, random.pick(fields)]) : [first];
  return new Map([...chosen].map((field) => [field, valueOf(field)]));
}

/** For a person in Circa: from the options that Circa shows. */
export function circaValue(world: World, random: Random, field: SimField): unknown {
  const options = world.workspace.fields.get(field.key)?.options ?? [];
  return toCirca(field.kind, inventValue(random, field, { options, maybeTooLong: true }));
}

/** For a person in Salesforce: from the active values. */
export function campaignValue(world: World, random: Random, field: SimField): unknown {
  const options = world.org.activeValues(field.campaign);
  const value = inventValue(random, field, { options, maybeTooLong: false });
  // Salesforce keeps the values of a multi-select in the list's own order.
  return field.kind !== "choices" || value === null
    ? value
    : options.filter((option) => String(value).split(";").includes(option)).join(";");
}
