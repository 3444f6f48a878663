import { api, LightningElement } from "lwc";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** Fires `bulkchosen` with `{action}`. */
export default class CircaMappingBulk extends LightningElement {
  labels = labels;
  /** How many rows are selected. */
  @api count = 0;
  @api disabled = false;

  get selectedText() {
    return fill(labels.selected, this.count);
  }

  get hasNone() {
    return this.count === 0;
  }

  get isOff() {
    return this.disabled || this.hasNone;
  }

  get actions() {
    return [
      { name: "suggest", label: labels.useSuggestions },
      { name: "on", label: labels.switchOn },
      { name: "off", label: labels.switchOff },
      { name: "to", label: labels.toSalesforce },
      { name: "from", label: labels.fromSalesforce },
      { name: "undo", label: labels.undo },
    ];
  }

  handleClick({ target }) {
    const detail = { action: target.name };
    this.dispatchEvent(new CustomEvent("bulkchosen", { detail }));
  }
}
