import { api, LightningElement } from "lwc";
import { FROM_SALESFORCE, isChanged } from "c/circaMappingModel";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** One Circa field with its mapping. Fires `rowselected`, and what the editor fires. */
export default class CircaMappingRow extends LightningElement {
  labels = labels;
  /** A row of the mapping page. */
  @api row;
  /** What `loadPage` answers. */
  @api page;
  /** Who has which Campaign field. */
  @api taken;
  /** What the draft names; undefined when nothing or something unknown is named. */
  @api campaignField;
  /** `{name, label, direction}` or null. */
  @api suggestion = null;
  /** Labels of other rows with the same Campaign field. */
  @api sharedWith = [];
  @api selected = false;
  @api disabled = false;
  isOpen = false;
  focusNext = null;

  renderedCallback() {
    if (this.focusNext) this.template.querySelector(this.focusNext)?.focus();
    this.focusNext = null;
  }

  get circaField() {
    return this.row.circaField;
  }

  get facts() {
    const { typeLabel, section, required, readOnly, active } = this.circaField;
    return [
      typeLabel,
      section,
      required && labels.required,
      readOnly && labels.readOnly,
      !active && labels.gone,
    ]
      .filter(Boolean)
      .join(" · ");
  }

  get isMapped() {
    return this.row.draft.campaignField != null;
  }

  get campaignFacts() {
    const field = this.campaignField;
    return field
      ? { label: field.label, detail: `${field.typeLabel} · ${field.name}` }
      : { label: this.row.draft.campaignField, detail: "" };
  }

  get isFrom() {
    return this.row.draft.direction === FROM_SALESFORCE;
  }

  get directionText() {
    if (!this.row.draft.direction) return "";
    return this.isFrom ? labels.fromShort : labels.toShort;
  }

  get directionIcon() {
    return this.isFrom ? "utility:back" : "utility:forward";
  }

  get state() {
    if (this.row.errors.length > 0 || this.row.refusal) return "broken";
    return isChanged(this.row) ? "changed" : this.row.rank;
  }

  get stateText() {
    return labels[this.state];
  }

  get stateClasses() {
    return `slds-badge state state_${this.state}`;
  }

  get rowClasses() {
    return `row row_${this.state}`;
  }

  get problems() {
    const { errors, refusal, draft } = this.row;
    const said = errors.map(({ message }) => message);
    if (refusal) said.push(fill(labels.refusal, refusal));
    if (this.sharedWith.length > 0 && draft.active && errors.length === 0) {
      said.push(fill(labels.shared, this.sharedWith.join(", ")));
    }
    return said.map((message, index) => ({ key: index, message }));
  }

  get warnings() {
    return this.row.warnings
      .filter(({ code }) => code !== "CATALOGUE_NOT_LOADED" && code !== "NO_INTEGRATION_USER")
      .map(({ message }, index) => ({ key: index, message }));
  }

  get hasProblems() {
    return this.problems.length > 0;
  }

  get hasWarnings() {
    return this.warnings.length > 0;
  }

  get canUseSuggestion() {
    return this.suggestion != null && !this.isMapped && !this.disabled;
  }

  get suggestionText() {
    return fill(labels.suggestion, this.suggestion.label);
  }

  get useText() {
    return fill(labels.useFor, this.suggestion.label, this.circaField.label);
  }

  get selectText() {
    return fill(labels.select, this.circaField.label);
  }

  get editText() {
    return fill(labels.editRow, this.circaField.label);
  }

  get expanded() {
    return String(this.isOpen);
  }

  handleSelect({ target }) {
    this.tell("rowselected", { rowKey: this.row.rowKey, selected: target.checked });
  }

  handleUse() {
    const { name, direction } = this.suggestion;
    const changes = { campaignField: name, direction };
    this.tell("rowedited", { rowKey: this.row.rowKey, changes });
  }

  handleToggle() {
    this.isOpen = !this.isOpen;
    if (this.isOpen) this.focusNext = "c-circa-mapping-editor";
  }

  handleClosed() {
    this.isOpen = false;
    this.focusNext = "button.edit";
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}
