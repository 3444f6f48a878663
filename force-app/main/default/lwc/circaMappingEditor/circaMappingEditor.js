import { api, LightningElement } from "lwc";
import {
  directionsOf,
  fittingFields,
  misfits,
  suggestionsFor,
  TO_SALESFORCE,
} from "c/circaMappingModel";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** Fires `rowedited` with what was chosen, and `editorclosed`. */
export default class CircaMappingEditor extends LightningElement {
  labels = labels;
  /** A row of the mapping page. */
  @api row;
  /** What `loadPage` answers. */
  @api page;
  /** Who has which Campaign field, by its name: `[{rowKey, label}]`. */
  @api taken;
  @api disabled = false;
  isShowingMisfits = false;

  @api
  focus() {
    this.template.querySelector("c-circa-field-picker").focus();
  }

  get draft() {
    return this.row.draft;
  }

  get campaignField() {
    return this.page.campaignFields.find(({ name }) => name === this.draft.campaignField);
  }

  get options() {
    const { page, row, taken } = this;
    const suggested = suggestionsFor(page, row.circaField, new Set(taken.keys()));
    const fitting = fittingFields(page, row.circaField);
    const others = fitting.filter((field) => !suggested.includes(field));
    // Fields that another row has can be chosen too, but rarely are.
    const rest = [
      ...others.filter((field) => !this.isTaken(field)),
      ...others.filter((field) => this.isTaken(field)),
    ];
    const known = [...suggested, ...rest].map((field) => ({
      name: field.name,
      label: field.label,
      detail: this.detailOf(field),
      isSuggested: suggested.includes(field),
    }));
    const { campaignField } = this.draft;
    if (!campaignField || known.some(({ name }) => name === campaignField)) return known;
    const label = this.campaignField?.label ?? campaignField;
    return [{ name: campaignField, label, detail: campaignField, isSuggested: false }, ...known];
  }

  isTaken({ name }) {
    return this.usersOf(name).length > 0;
  }

  usersOf(name) {
    const users = this.taken.get(name) ?? [];
    return users.filter(({ rowKey }) => rowKey !== this.row.rowKey).map(({ label }) => label);
  }

  detailOf({ name, typeLabel }) {
    const users = this.usersOf(name);
    const taken = users.length > 0 ? ` · ${fill(labels.mappedTo, users.join(", "))}` : "";
    return `${typeLabel} · ${name}${taken}`;
  }

  get directionOptions() {
    return this.directions.map((value) => ({
      value,
      label: value === TO_SALESFORCE ? labels.to : labels.from,
    }));
  }

  get directions() {
    if (!this.campaignField) return [];
    const possible = directionsOf(this.page.pairs, this.row.circaField, this.campaignField);
    const { direction } = this.draft;
    // What is stored is shown even when it is not possible any more.
    return direction && !possible.includes(direction) ? [...possible, direction] : possible;
  }

  get hasField() {
    return this.draft.campaignField != null;
  }

  get blankOptions() {
    return [
      { value: "Copy", label: labels.blankCopy },
      { value: "Keep", label: labels.blankKeep },
    ];
  }

  get takesValues() {
    return this.campaignField?.picklist === true && this.page.recordTypes.length > 0;
  }

  get recordTypeOptions() {
    const types = this.page.recordTypes.map(({ developerName, label }) => ({
      value: developerName,
      label,
    }));
    return [{ value: "", label: labels.anyRecordType }, ...types];
  }

  get recordType() {
    return this.draft.recordType ?? "";
  }

  get misfitList() {
    return misfits(this.page, this.row.circaField).map(({ field, reason }) => ({
      name: field.name,
      label: field.label,
      reason: this.reasonText(reason, field),
    }));
  }

  reasonText(reason, { typeLabel }) {
    if (reason === "permission") return labels.misfitPermission;
    if (reason === "writing") return labels.misfitWriting;
    return fill(labels.misfitType, this.row.circaField.typeLabel, typeLabel);
  }

  get misfitQuestion() {
    return fill(labels.showMisfits, misfits(this.page, this.row.circaField).length);
  }

  get misfitsExpanded() {
    return String(this.isShowingMisfits);
  }

  handleField({ detail: { name } }) {
    const field = this.page.campaignFields.find((each) => each.name === name);
    const possible = field ? directionsOf(this.page.pairs, this.row.circaField, field) : [];
    const { direction } = this.draft;
    this.edit({
      campaignField: name,
      direction: possible.includes(direction) ? direction : (possible[0] ?? null),
      recordType: field?.picklist ? this.draft.recordType : null,
    });
  }

  handleDirection({ detail: { value } }) {
    this.edit({ direction: value });
  }

  handleBlankRule({ detail: { value } }) {
    this.edit({ blankRule: value });
  }

  handleRecordType({ detail: { value } }) {
    this.edit({ recordType: value || null });
  }

  handleActive({ target }) {
    this.edit({ active: target.checked });
  }

  handleNotes({ detail: { value } }) {
    this.edit({ notes: value || null });
  }

  handleMisfits() {
    this.isShowingMisfits = !this.isShowingMisfits;
  }

  handleReset() {
    this.dispatchEvent(
      new CustomEvent("rowreset", {
        bubbles: true,
        composed: true,
        detail: { rowKeys: [this.row.rowKey] },
      }),
    );
  }

  handleDone() {
    this.dispatchEvent(new CustomEvent("editorclosed"));
  }

  handleKey(event) {
    if (event.key === "Escape") this.handleDone();
  }

  edit(changes) {
    this.dispatchEvent(
      new CustomEvent("rowedited", {
        bubbles: true,
        composed: true,
        detail: { rowKey: this.row.rowKey, changes },
      }),
    );
  }
}
