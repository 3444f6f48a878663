import { api } from "lwc";
import LightningModal from "lightning/modal";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** Asks before Events are overwritten. Closes with `true`, to overwrite; with anything else nothing is saved. */
export default class CircaOverwriteQuestion extends LightningModal {
  labels = labels;
  /** `[{rowKey, label, reason, atMost}]` */
  @api rows = [];
  /**
   * A promise of what the service counts: `{rows: [{rowKey, events}], message}`, where the message says why
   * it could not count; null when it does not answer. Null when no service was asked to count.
   */
  @api counted = null;
  /** A promise that resolves when the page that asks is left. */
  @api left = null;
  isCounting = false;
  message = null;
  events = new Map();

  connectedCallback() {
    this.left?.then(() => this.close(false));
    if (this.counted) this.waitForCount();
  }

  async waitForCount() {
    this.isCounting = true;
    const answer = await this.counted;
    this.isCounting = false;
    this.message = answer?.message ?? null;
    this.events = new Map((answer?.rows ?? []).map(({ rowKey, events }) => [rowKey, events]));
  }

  isExact({ rowKey }) {
    return typeof this.events.get(rowKey) === "number";
  }

  /** Counted, and no Event has another value. */
  get losesNothing() {
    return this.rows.every(({ rowKey }) => this.events.get(rowKey) === 0);
  }

  get intro() {
    return this.losesNothing ? labels.nothingLost : labels.intro;
  }

  get lines() {
    return this.rows.map((row) => {
      const { rowKey, label, reason, atMost } = row;
      const text = this.isExact(row)
        ? fill(labels.exactly, label, this.events.get(rowKey))
        : fill(labels.atMost, label, atMost);
      const because = reason === "picklist" ? labels.because : labels.becauseFrom;
      return { rowKey, text: `${text} (${because})` };
    });
  }

  get note() {
    if (this.isCounting) return labels.counting;
    if (this.message) return this.message;
    return this.rows.every((row) => this.isExact(row)) ? null : labels.notCounted;
  }

  handleYes() {
    this.close(true);
  }

  handleNo() {
    this.close(false);
  }
}
