/** The inputs that field types are filled in with. */
import type { Circa } from "../circa.ts";
import { fieldKey, type FieldRow } from "../entities.ts";
import { fieldTypes, type FieldInput } from "../field-types.ts";
import { isFormList, personChoice, type FormValue } from "./form-value.ts";
import { isTimeZone } from "../values/text-formats.ts";
import { html, textarea, type Html, type Part } from "../../html.ts";
import { timeZones } from "./time-zones.ts";
import { optionLabel } from "./words.ts";

export interface InputOptions {
  readonly field: FieldRow;
  readonly value: FormValue;
  readonly disabled: boolean;
  readonly invalid: boolean;
  /** Ids of the hint and error below the input. */
  readonly describedBy: string;
}

type Renderer = (options: InputOptions, circa: Circa) => Html;

export const inputId = (field: FieldRow) => `field-${fieldKey(field)}`;
export const inputName = (field: FieldRow) => `value.${fieldKey(field)}`;

const attributes = ({ field, disabled, invalid, describedBy }: InputOptions): Html =>
  html`id="${inputId(field)}" name="${inputName(field)}" ${disabled && html`disabled`}
  ${invalid && html`aria-invalid="true"`} ${field.required && html`aria-required="true"`}
  ${describedBy !== "" && html`aria-describedby="${describedBy}"`}`;

const textOf = (value: FormValue) => (isFormList(value) ? value.join(", ") : value);

/**
 * Numbers, addresses and the like are text inputs with a keyboard to match: what a person typed
 * comes back with the refusal beside it, where a browser's own types would drop it.
 */
const oneLine =
  (type: "text" | "date" | "time"): Renderer =>
  (options) => {
    const { keyboard } = fieldTypes[options.field.type];
    return html`<input
      type="${type}"
      ${keyboard && html`inputmode="${keyboard}"`}
      autocomplete="off"
      value="${textOf(options.value)}"
      ${attributes(options)}
    />`;
  };

const textArea: Renderer = (options) =>
  textarea(html`rows="4" ${attributes(options)}`, textOf(options.value));

const choice = (value: string, label: string, chosen: boolean) =>
  html`<option value="${value}" ${chosen && html`selected`}>${label}</option>`;

function selectOf(options: InputOptions, choices: readonly (readonly [string, string])[]): Html {
  const value = textOf(options.value);
  const isKnown = value === "" || choices.some(([known]) => known === value);
  const all: Part = [
    choice("", options.disabled ? "–" : "None", value === ""),
    !isKnown && choice(value, `${value} (no longer in the list)`, true),
    choices.map(([each, label]) => choice(each, label, each === value)),
  ];
  return html`<select ${attributes(options)}>
    ${all}
  </select>`;
}

const select: Renderer = (options) =>
  selectOf(
    options,
    options.field.options.map((value) => [value, optionLabel(options.field, value)]),
  );

const person: Renderer = (options, circa) =>
  selectOf(
    options,
    circa.store.people().map((each) => [each.email, personChoice(each)]),
  );

const team: Renderer = (options, circa) =>
  selectOf(
    options,
    [...circa.store.teams.values()].map(({ id, name }) => [id, name]),
  );

const timeZone: Renderer = (options) => {
  const current = textOf(options.value);
  const isOtherName = isTimeZone(current) && current !== "" && !timeZones.includes(current);
  const zones = isOtherName ? [current, ...timeZones] : timeZones;
  return selectOf(
    options,
    zones.map((zone) => [zone, zone.replaceAll("_", " ")]),
  );
};

const checkbox: Renderer = (options) =>
  html`<input
    type="checkbox"
    value="yes"
    ${options.value === "yes" && html`checked`}
    ${attributes(options)}
  />`;

const checkboxes: Renderer = (options) => {
  const { field, disabled } = options;
  const chosen = isFormList(options.value) ? options.value : [options.value];
  const gone = chosen.filter((value) => !field.options.includes(value));
  const one = (value: string, label: string, index: number) =>
    html`<li>
      <input
        type="checkbox"
        id="${inputId(field)}-${index}"
        name="${inputName(field)}"
        value="${value}"
        ${chosen.includes(value) && html`checked`}
        ${disabled && html`disabled`}
      />
      <label for="${inputId(field)}-${index}">${label}</label>
    </li>`;
  return html`<ul class="choices">
    ${[
      ...field.options.map((value) => [value, optionLabel(field, value)] as const),
      ...gone.map((value) => [value, `${value} (no longer in the list)`] as const),
    ].map(([value, label], index) => one(value, label, index))}
  </ul>`;
};

const renderers: Record<FieldInput, Renderer> = {
  line: oneLine("text"),
  area: textArea,
  date: oneLine("date"),
  time: oneLine("time"),
  checkbox,
  choice: select,
  choices: checkboxes,
  person,
  team,
};

export function fieldInput(circa: Circa, options: InputOptions): Html {
  const { fieldName, type } = options.field;
  const render = fieldName === "time_zone" ? timeZone : renderers[fieldTypes[type].input];
  return render(options, circa);
}
