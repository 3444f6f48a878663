import { api, LightningElement } from "lwc";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** Asks before Events are overwritten. Fires `confirmed` or `cancelled`. */
export default class CircaOverwriteQuestion extends LightningElement {
  labels = labels;
  /** `[{rowKey, label, reason, atMost, events}]`; `events` is null until they are counted. */
  @api rows = [];
  /** True while the service is counting. */
  @api counting = false;
  /** Why it could not count, in its own words; null when it could. */
  @api message = null;
  hasFocused = false;

  renderedCallback() {
    if (this.hasFocused) return;
    this.hasFocused = true;
    this.template.querySelector("[data-first]").focus();
  }

  /** Counted, and no Event has another value. */
  get losesNothing() {
    return this.rows.every(({ events }) => events === 0);
  }

  get intro() {
    return this.losesNothing ? labels.nothingLost : labels.intro;
  }

  get lines() {
    return this.rows.map(({ rowKey, label, reason, atMost, events }) => {
      const isCounted = typeof events === "number";
      const text = isCounted
        ? fill(labels.exactly, label, events)
        : fill(labels.atMost, label, atMost);
      const because = reason === "picklist" ? labels.because : labels.becauseFrom;
      return { rowKey, text: `${text} (${because})` };
    });
  }

  get note() {
    if (this.counting) return labels.counting;
    if (this.message) return this.message;
    return this.rows.every(({ events }) => typeof events === "number") ? null : labels.notCounted;
  }

  handleYes() {
    this.dispatchEvent(new CustomEvent("confirmed"));
  }

  handleNo() {
    this.dispatchEvent(new CustomEvent("cancelled"));
  }

  handleKey(event) {
    if (event.key === "Escape") this.handleNo();
    // Focus stays between the two buttons while the question stands.
    if (event.key !== "Tab") return;
    event.preventDefault();
    const buttons = [...this.template.querySelectorAll("button")];
    const here = buttons.indexOf(this.template.activeElement);
    buttons[(here + 1) % buttons.length].focus();
  }
}
