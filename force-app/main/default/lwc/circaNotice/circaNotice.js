import { api, LightningElement } from "lwc";

const icons = { info: "utility:info", warning: "utility:warning", error: "utility:error" };

/** A sentence that stands out. */
export default class CircaNotice extends LightningElement {
  /** `info`, `warning` or `error`. */
  @api variant = "info";
  @api message;

  get classes() {
    return `slds-scoped-notification slds-media slds-media_center notice notice_${this.variant}`;
  }

  get iconName() {
    return icons[this.variant];
  }

  get role() {
    return this.variant === "error" ? "alert" : "status";
  }
}
