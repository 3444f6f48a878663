import type { FieldSchema, FieldType, ObjectSchema } from "../schema/types.ts";
import {
  type Expression,
  FormulaError,
  type FormulaRow,
  type FormulaScope,
  type FormulaType,
} from "./types.ts";

const formulaTypes: Readonly<Partial<Record<FieldType, FormulaType>>> = {
  id: "text",
  string: "text",
  textarea: "text",
  email: "text",
  phone: "text",
  url: "text",
  reference: "text",
  picklist: "picklist",
  multipicklist: "multipicklist",
  boolean: "boolean",
  int: "number",
  double: "number",
  currency: "number",
  percent: "number",
  date: "date",
  datetime: "datetime",
};

/** A field of the record or behind its lookups, `$User.…` or `$Permission.…`. */
export function compileName(
  scope: FormulaScope,
  path: readonly string[],
  offset: number,
): Expression {
  const [root = "", ...rest] = path;
  if (root.startsWith("$")) return compileGlobal(scope, root, rest, offset);
  if (!scope.object) {
    throw new FormulaError(`a default value can't name the field ${path.join(".")}`, offset);
  }
  const { steps, field } = findPath(scope, scope.object, path, offset);
  const run: Expression["run"] = (input) => {
    const row = steps.reduce<FormulaRow | null>(
      (at, step) => (at ? input.follow(at, step.field, step.target) : null),
      input.record,
    );
    return fieldValue(field, row);
  };
  return steps.length === 0
    ? { type: typeOf(field, offset), field, run }
    : { type: typeOf(field, offset), run };
}

/** A percent field counts as its fraction: 20 % is 0.2. */
export function fieldValue(
  field: FieldSchema,
  row: FormulaRow | null,
): ReturnType<Expression["run"]> {
  const value = row?.[field.name] ?? null;
  if (value === null && field.type === "boolean") return false;
  return field.type === "percent" && typeof value === "number" ? value / 100 : value;
}

function compileGlobal(
  scope: FormulaScope,
  root: string,
  rest: readonly string[],
  offset: number,
): Expression {
  const name = rest.join(".");
  const global = root.toLowerCase();
  if (global === "$permission") {
    const known = [...scope.customPermissions].find(
      (each) => each.toLowerCase() === name.toLowerCase(),
    );
    if (known === undefined)
      throw new FormulaError(`there is no custom permission ${name}`, offset);
    return {
      type: "boolean",
      run: ({ user }) => user?.access.hasCustomPermission(known) ?? false,
    };
  }
  const users = scope.objectNamed("User");
  if (global !== "$user" || !users) throw new FormulaError(`${root} is not supported`, offset);
  const { steps, field } = findPath(scope, users, rest, offset);
  if (steps.length > 0) throw new FormulaError(`${root}.${name} is not supported`, offset);
  return {
    type: typeOf(field, offset),
    run: ({ user }) => fieldValue(field, user?.row ?? null),
  };
}

interface Path {
  readonly steps: readonly { readonly field: FieldSchema; readonly target: ObjectSchema }[];
  readonly field: FieldSchema;
}

function findPath(
  scope: FormulaScope,
  start: ObjectSchema,
  path: readonly string[],
  offset: number,
): Path {
  let object = start;
  const steps = path.slice(0, -1).map((relationship) => {
    const field = [...object.fields.values()].find(
      (each) => each.relationshipName?.toLowerCase() === relationship.toLowerCase(),
    );
    const target = scope.objectNamed(field?.referenceTo[0] ?? "");
    if (!field || !target) {
      throw new FormulaError(`${object.name} has no relationship ${relationship}`, offset);
    }
    object = target;
    return { field, target };
  });
  const name = path.at(-1) ?? "";
  const field = object.fields.get(name.toLowerCase());
  if (!field) throw new FormulaError(`${object.name} has no field ${name}`, offset);
  return { steps, field };
}

function typeOf(field: FieldSchema, offset: number): FormulaType {
  if (field.calculated) {
    throw new FormulaError(`formula fields such as ${field.name} are not supported`, offset);
  }
  const type = formulaTypes[field.type];
  if (type) return type;
  throw new FormulaError(`fields of type ${field.type} (${field.name}) are not supported`, offset);
}
