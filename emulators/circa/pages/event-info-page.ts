/** Settings > Event Info: the catalogue of fields, with direction and values. */
import { has, type Circa } from "../circa.ts";
import { fieldKey, hasLockedOptions, type FieldRow } from "../entities.ts";
import { fieldTypeNames, fieldTypes } from "../field-types.ts";
import { hasOptions } from "../operations/edit-field.ts";
import { sections } from "./event-page.ts";
import { html, textarea, type Html, type Part } from "../../html.ts";
import { icon, namedIcon } from "./icons.ts";
import { settingsLayout } from "./settings-layout.ts";
import { asSentence, optionLabel } from "./words.ts";

/** What was typed and refused; `key` is null for the form that adds a field. */
export interface FieldRefusal {
  readonly key: string | null;
  readonly message: string;
  readonly label: string;
  readonly type: string;
  readonly options: string;
}

export function eventInfoPage(circa: Circa, refusal?: FieldRefusal, news?: string): Html {
  return settingsLayout(circa, {
    title: "Event Info",
    current: "event-info",
    live: refusal === undefined,
    news,
    intro: html`<p>
      Every field of an Event. Salesforce owns what carries a lock: fields
      <em>from Salesforce</em> are edited on the Campaign, and the values of a synced list are
      edited in Salesforce's Setup.
    </p>`,
    main: html`${sections(circa).map(
      ([section, fields], index) =>
        html`<section class="card table-card" aria-labelledby="section-${index}">
          <h2 id="section-${index}">${section}</h2>
          <table class="fields-table">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Type</th>
                <th scope="col">Salesforce</th>
                <th scope="col">Values</th>
                <th scope="col"><span class="visually-hidden">Actions</span></th>
              </tr>
            </thead>
            <tbody>
              ${fields.map((field) => fieldRow(circa, field, refusal))}
            </tbody>
          </table>
        </section>`,
    )}
    ${newFieldForm(refusal)}`,
  });
}

function fieldRow(circa: Circa, field: FieldRow, refusal: FieldRefusal | undefined): Html {
  const key = fieldKey(field);
  const own = refusal?.key === key ? refusal : undefined;
  return html`<tr id="row-${key}" data-live="${field.label}">
    <th scope="row">
      ${field.label} ${field.required && html`<span class="hint">Required</span>`}
      ${field.readOnly && html`<span class="hint">Worked out by Circa</span>`}
    </th>
    <td>${fieldTypes[field.type].name}</td>
    <td>${direction(circa, field)}</td>
    <td>${hasOptions(field.type) && values(circa, field, own)}</td>
    <td>${field.fieldName === null && deleteForm(field)}</td>
  </tr>`;
}

function direction(circa: Circa, { crmSync }: FieldRow): Part {
  if (!crmSync || !has(circa, "field_sync")) return html`<span class="hint">Not synced</span>`;
  const isFrom = crmSync.direction === "from_salesforce";
  return html`<span class="direction">
      ${isFrom ? namedIcon("lock", "Locked on Events") : icon("arrowRight")}
      ${isFrom ? "From Salesforce" : "To Salesforce"}
    </span>
    <code>${crmSync.campaign_field}</code>`;
}

function values(circa: Circa, field: FieldRow, refusal: FieldRefusal | undefined): Html {
  if (has(circa, "field_sync") && hasLockedOptions(field)) {
    return html`${refusal && refusalNote(`options-${fieldKey(field)}`, refusal)}
      <ul class="values" aria-label="Values of ${field.label}, locked">
        ${field.options.map(
          (value) =>
            html`<li>
              ${namedIcon("lock", "Locked: value from Salesforce")} ${optionLabel(field, value)}
            </li>`,
        )}
      </ul>`;
  }
  const key = fieldKey(field);
  return html`<ul class="values" aria-label="Values of ${field.label}">
      ${field.options.map((value) => html`<li>${optionLabel(field, value)}</li>`)}
    </ul>
    <details ${refusal && html`open`}>
      <summary>Edit values<span class="visually-hidden"> of ${field.label}</span></summary>
      <form method="post" action="/settings/event-info/${key}">
        <label for="options-${key}">Values of ${field.label}, one a line</label>
        ${optionsInput(`options-${key}`, refusal?.options ?? field.options.join("\n"), refusal)}
        <button type="submit" class="button">Save values</button>
      </form>
    </details>`;
}

function optionsInput(id: string, text: string, refusal: FieldRefusal | undefined): Html {
  const refused = refusal && html`aria-invalid="true" aria-describedby="${id}-refusal"`;
  return html`${textarea(html`id="${id}" name="options" rows="6" ${refused}`, text)}
  ${refusal && refusalNote(id, refusal)}`;
}

const refusalNote = (id: string, { message }: FieldRefusal): Html =>
  html`<p class="refusal" id="${id}-refusal" role="alert">
    ${icon("warning")} ${asSentence(message)}.
  </p>`;

const deleteForm = (field: FieldRow): Html =>
  html`<details class="pop-up">
    <summary>${namedIcon("trash", `Delete ${field.label}`)}</summary>
    <form method="post" action="/settings/event-info/${fieldKey(field)}/delete">
      <p>Delete <strong>${field.label}</strong>? Its values on all Events go with it.</p>
      <button type="submit" class="button danger">Delete field</button>
    </form>
  </details>`;

function newFieldForm(refusal: FieldRefusal | undefined): Html {
  const own = refusal?.key === null ? refusal : undefined;
  return html`<details class="card" ${own && html`open`}>
    <summary>Add a custom field</summary>
    <form method="post" action="/settings/event-info" class="fields">
      <div class="field">
        <label for="new-label">Name</label>
        <input type="text" id="new-label" name="label" value="${own?.label}" />
      </div>
      <div class="field">
        <label for="new-type">Type</label>
        <select id="new-type" name="type">
          ${fieldTypeNames
            .filter((type) => type !== "TEAM")
            .map(
              (type) =>
                html`<option value="${type}" ${own?.type === type && html`selected`}>
                  ${fieldTypes[type].name}
                </option>`,
            )}
        </select>
      </div>
      <div class="field wide">
        <label for="new-options">Values, one a line (for choices only)</label>
        ${optionsInput("new-options", own?.options ?? "", own)}
      </div>
      <button type="submit" class="button primary">Add field</button>
    </form>
  </details>`;
}
