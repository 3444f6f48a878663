import { api, LightningElement } from "lwc";
import { labels } from "./labels";

/**
 * What failed on a screen; and while it has nothing to show, that it loads or a way to try again, which
 * fires `tryagain`.
 */
export default class CircaLoadState extends LightningElement {
  labels = labels;
  /** What failed, a sentence each. */
  @api messages = [];
  /** Whether the screen has something to show. */
  @api loaded = false;
  @api loadingText;

  get failures() {
    return this.messages.map((message, key) => ({ key, message }));
  }

  get isLoading() {
    return !this.loaded && this.messages.length === 0;
  }

  get canTryAgain() {
    return !this.loaded && this.messages.length > 0;
  }

  handleTryAgain() {
    this.dispatchEvent(new CustomEvent("tryagain"));
  }
}
