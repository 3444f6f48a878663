import { z } from "zod";
import type { FieldRow } from "../entities.ts";
import { notFound } from "../errors.ts";
import { fieldTypeNames } from "../field-types.ts";
import { formatField } from "../formatters.ts";
import { createField, deleteField, editField } from "../operations/edit-field.ts";
import { readBody } from "../read-body.ts";
import type { Circa } from "../circa.ts";
import type { ControlRoute } from "./control-route.ts";

/** People change the catalogue in Settings only: Circa's API can't. These do what the page does. */
const newFieldBody = z.strictObject({
  label: z.string().min(1),
  field_type: z.enum(fieldTypeNames).exclude(["TEAM"]),
  options: z.array(z.string()).default([]),
  section: z.string().min(1).default("Custom"),
  required: z.boolean().default(false),
});

const fieldEditBody = z.strictObject({
  label: z.string().min(1).optional(),
  field_type: z.enum(fieldTypeNames).exclude(["TEAM"]).optional(),
  options: z.array(z.string()).optional(),
  required: z.boolean().optional(),
});

function fieldOf(circa: Circa, key: string): FieldRow {
  const field = circa.store.findField(key);
  if (!field) throw notFound(`There is no field ${key}`);
  return field;
}

export const postField: ControlRoute = {
  method: "post",
  path: "/fields",
  handle: (circa, body) => {
    const { field_type: type, ...rest } = readBody(newFieldBody, body);
    const row = createField(circa, { ...rest, type });
    return { status: 201, body: formatField(row, circa.settings) };
  },
};

export const patchField: ControlRoute = {
  method: "patch",
  path: "/fields/:key",
  handle: (circa, body, { key = "" }) => {
    const { field_type: type, ...rest } = readBody(fieldEditBody, body);
    const row = editField(circa, fieldOf(circa, key), { ...rest, type }, circa.actors.person);
    return { status: 200, body: formatField(row, circa.settings) };
  },
};

export const deleteFieldRoute: ControlRoute = {
  method: "delete",
  path: "/fields/:key",
  handle: (circa, _body, { key = "" }) => {
    deleteField(circa, fieldOf(circa, key));
    return { status: 204 };
  },
};
