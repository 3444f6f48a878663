/** One field on the Event page: label, lock, input, hints, refusal, sync problem. */
import { has, type Circa } from "../circa.ts";
import { fieldKey, isLocked, type EventRow, type FieldRow, type SyncProblem } from "../entities.ts";
import { fieldTypes, type FieldInput } from "../field-types.ts";
import { campaignLink } from "./campaign-link.ts";
import { fieldInput, inputId } from "./field-input.ts";
import { formValue, isFormList, type FormValue } from "./form-value.ts";
import { html, type Html, type Part } from "../../html.ts";
import { icon, namedIcon } from "./icons.ts";
import { asSentence, valueInWords } from "./words.ts";

export interface BlockOptions {
  readonly field: FieldRow;
  /** Null on the page of a new Event. */
  readonly event: EventRow | null;
  /** What was typed and refused. */
  readonly typed?: FormValue | undefined;
  readonly refusal?: string | undefined;
}

const wideInputs: readonly FieldInput[] = ["area", "choices"];

export function fieldBlock(circa: Circa, options: BlockOptions): Html {
  const { field, event } = options;
  if (field.readOnly) return readOnlyBlock(circa, field, event);
  const key = fieldKey(field);
  const type = fieldTypes[field.type];
  const locked = event !== null && has(circa, "field_sync") && isLocked(field);
  const refusal = refusalInWords(options, locked);
  const problem = problemOf(event, key);
  const hint = locked ? lockedHint(circa, field, event) : type.hint;
  const describedBy = [
    refusal !== undefined && `refusal-${key}`,
    hint !== undefined && `hint-${key}`,
    problem && `problem-${key}`,
  ].filter((id) => typeof id === "string");
  const input = fieldInput(circa, {
    field,
    value: locked ? formValue(field, event) : (options.typed ?? formValue(field, event)),
    disabled: locked,
    invalid: refusal !== undefined,
    describedBy: describedBy.join(" "),
  });
  const below: Part = [
    refusal !== undefined &&
      html`<p class="refusal" id="refusal-${key}">${icon("warning")} ${refusal}</p>`,
    hint !== undefined && html`<p class="hint" id="hint-${key}">${hint}</p>`,
    problem && problemNote(field, problem),
    field.type === "RICH_TEXT" && preview(field, event),
    !locked && originalOf(field, event),
  ];
  const marks: Part = [
    field.required && html`<span class="required" aria-hidden="true">*</span>`,
    syncMark(circa, field),
  ];
  const wide = wideInputs.includes(type.input) && "wide";
  const classes = `field ${[wide, locked && "locked", refusal !== undefined && "refused"].filter(Boolean).join(" ")}`;
  if (field.type === "MULTISELECT") {
    return html`<fieldset
      class="${classes}"
      id="block-${key}"
      data-live="${field.label}"
      ${describedBy.length > 0 && html`aria-describedby="${describedBy.join(" ")}"`}
    >
      <legend id="${inputId(field)}" tabindex="-1">${field.label} ${marks}</legend>
      ${input} ${below}
    </fieldset>`;
  }
  const label = html`<label for="${inputId(field)}">${field.label}</label>`;
  const isCheckbox = field.type === "CHECKBOX";
  return html`<div class="${classes}" id="block-${key}" data-live="${field.label}">
    <div class="field-label">${isCheckbox && input} ${label} ${marks}</div>
    ${!isCheckbox && input} ${below}
  </div>`;
}

const problemOf = (event: EventRow | null, key: string) =>
  event?.campaignId == null
    ? undefined
    : event.syncStatus?.problems.find(({ field }) => field === key);

/** What was typed into a field that has been locked since is said, as its input can't show it. */
function refusalInWords({ field, refusal, typed }: BlockOptions, locked: boolean) {
  if (refusal === undefined) return undefined;
  const words = `${asSentence(refusal)}.`;
  if (!locked || typed === undefined) return words;
  return `${words} You had typed “${isFormList(typed) ? typed.join(", ") : typed}” into ${field.label}.`;
}

/** The lock, or the arrow of a field that goes to Salesforce. */
function syncMark(circa: Circa, field: FieldRow): Part {
  const { crmSync } = field;
  if (!crmSync || !has(circa, "field_sync")) return null;
  const { campaign_field: source, direction } = crmSync;
  return direction === "from_salesforce"
    ? namedIcon("lock", `Locked: synced from Salesforce, Campaign field ${source}`)
    : namedIcon("arrowRight", `Synced to Salesforce, Campaign field ${source}`);
}

function lockedHint(circa: Circa, field: FieldRow, event: EventRow | null): Html {
  const source = html`From <code>${field.crmSync?.campaign_field}</code> ·`;
  return event?.campaignId == null
    ? html`${source} connect a Campaign to fill it`
    : html`${source} ${campaignLink(circa, event.campaignId, "Edit on the Campaign")}`;
}

function problemNote(field: FieldRow, problem: SyncProblem): Html {
  const what = isLocked(field) ? "Not taken over from Salesforce" : "Not in Salesforce yet";
  return html`<p class="problem" id="problem-${fieldKey(field)}">
    ${icon("warning")}
    <span>
      <strong>${what}:</strong> ${problem.message}
      ${problem.hint !== null && html`<br />${problem.hint}`}
    </span>
  </p>`;
}

/** Formatted text as it reads, in a frame of its own where no script runs. */
function preview(field: FieldRow, event: EventRow | null): Part {
  const text = formValue(field, event);
  if (isFormList(text) || text === "") return null;
  return html`<details class="preview">
    <summary>Preview<span class="visually-hidden"> of ${field.label}</span></summary>
    <iframe sandbox="" title="Preview of ${field.label}" srcdoc="${text}"></iframe>
  </details>`;
}

/** What the page showed, so that saving touches only what a person touched. */
function originalOf(field: FieldRow, event: EventRow | null): Html {
  const shown = JSON.stringify(formValue(field, event));
  return html`<input type="hidden" name="was.${fieldKey(field)}" value="${shown}" />`;
}

function readOnlyBlock(circa: Circa, field: FieldRow, event: EventRow | null): Html {
  const key = fieldKey(field);
  const value = event?.values.get(key) ?? null;
  const isLink = field.type === "URL" && typeof value === "string" && /^https?:/.test(value);
  const shown = isLink ? html`<a href="${value}">${value}</a>` : valueInWords(field, value);
  return html`<dl class="field read-only" id="block-${key}" data-live="${field.label}">
    <dt class="field-label">${field.label} ${syncMark(circa, field)}</dt>
    <dd class="value">${shown}</dd>
  </dl>`;
}
