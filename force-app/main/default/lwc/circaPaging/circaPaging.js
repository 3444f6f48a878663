import { api, LightningElement } from "lwc";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** Turns the pages of a list that does not fit on one. Fires `pageturned` with `{first}`. */
export default class CircaPaging extends LightningElement {
  labels = labels;
  /** Where in the list the page begins, from 0. */
  @api first = 0;
  /** So many rows are on a page. */
  @api size;
  /** So many rows are in the list. */
  @api total = 0;

  get hasPages() {
    return this.total > this.size;
  }

  get rangeText() {
    const last = Math.min(this.first + this.size, this.total);
    return fill(labels.rowsShown, this.first + 1, last);
  }

  get isFirstPage() {
    return this.first === 0;
  }

  get isLastPage() {
    return this.first + this.size >= this.total;
  }

  handlePrevious() {
    this.turnTo(this.first - this.size);
  }

  handleNext() {
    this.turnTo(this.first + this.size);
  }

  turnTo(first) {
    this.dispatchEvent(new CustomEvent("pageturned", { detail: { first } }));
  }
}
