/** What people do to the catalogue in Settings > Event Info. */
import { has, type Circa } from "../circa.ts";
import {
  fieldKey,
  hasLockedOptions,
  type Actor,
  type FieldRow,
  type FieldType,
} from "../entities.ts";
import { unprocessable } from "../errors.ts";
import { fieldTypes } from "../field-types.ts";
import { announceField } from "./announce.ts";

export interface FieldEdit {
  readonly label?: string | undefined;
  /** Values of the old type are gone then, untold. Unverified. */
  readonly type?: FieldType | undefined;
  readonly options?: readonly string[] | undefined;
  readonly required?: boolean | undefined;
}

export interface NewField {
  readonly label: string;
  readonly type: FieldType;
  readonly options: readonly string[];
  readonly section: string;
  readonly required: boolean;
}

const refuse = (field: string, code: string, message: string) =>
  unprocessable([{ field, code, message }]);

export function hasOptions(type: FieldType): boolean {
  return fieldTypes[type].hasOptions === true;
}

/** @throws {ApiError} 422: locked options (for people), no list, a value twice */
export function editField(circa: Circa, field: FieldRow, edit: FieldEdit, actor: Actor): FieldRow {
  const { type = field.type } = edit;
  const { options = hasOptions(type) ? field.options : [] } = edit;
  const optionsDiffer = JSON.stringify(options) !== JSON.stringify(field.options);
  if (optionsDiffer) {
    if (has(circa, "field_sync") && actor.type === "user" && hasLockedOptions(field)) {
      const message = `The values of ${field.label} come from Salesforce: change them there`;
      throw refuse("options", "locked", message);
    }
    checkOptions(type, options);
  }
  if (type !== field.type) dropValues(circa, field);
  const row: FieldRow = {
    ...field,
    type,
    label: edit.label ?? field.label,
    required: edit.required ?? field.required,
    options,
  };
  if (JSON.stringify(row) === JSON.stringify(field)) return field;
  circa.store.putField(row);
  announceField(circa, "field.updated", row);
  return row;
}

function dropValues({ store }: Circa, field: FieldRow): void {
  for (const event of [...store.events.values()]) {
    const values = new Map(event.values);
    if (values.delete(fieldKey(field))) store.putEvent({ ...event, values });
  }
}

/** @throws {ApiError} 422 as for an edit */
export function createField(circa: Circa, field: NewField): FieldRow {
  checkOptions(field.type, field.options);
  const last = circa.store.fieldsInOrder().at(-1);
  const row: FieldRow = {
    ...field,
    id: circa.store.newId("CustomFieldType"),
    fieldName: null,
    readOnly: false,
    order: (last?.order ?? 0) + 1,
    crmSync: null,
  };
  circa.store.putField(row);
  announceField(circa, "field.created", row);
  return row;
}

/** Only custom fields can go. @throws {ApiError} 422 */
export function deleteField(circa: Circa, field: FieldRow): void {
  if (field.fieldName !== null) {
    throw refuse("id", "read_only", `${field.label} is a standard field and can't be deleted`);
  }
  circa.store.deleteField(field);
  announceField(circa, "field.deleted", field);
}

function checkOptions(type: FieldType, options: readonly string[]): void {
  if (options.length > 0 && !hasOptions(type)) {
    throw refuse("options", "no_list", `A ${type} field has no list of values`);
  }
  if (options.some((option) => option.trim() === "")) {
    throw refuse("options", "invalid", "A value must not be blank");
  }
  const twice = options.find((option, index) => options.indexOf(option) !== index);
  if (twice !== undefined) throw refuse("options", "invalid", `"${twice}" is there twice`);
}
