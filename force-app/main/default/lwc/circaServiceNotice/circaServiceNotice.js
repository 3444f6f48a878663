import { api, LightningElement } from "lwc";
import { fill, shortTime } from "c/circaText";
import { labels } from "./labels";

/** Says so when the sync service is not running. */
export default class CircaServiceNotice extends LightningElement {
  /** `{alive, heartbeatAt}` */
  @api service;

  get isSilent() {
    return this.service?.alive === false;
  }

  get message() {
    const { heartbeatAt } = this.service;
    if (!heartbeatAt) return labels.never;
    return fill(labels.silent, shortTime(heartbeatAt));
  }
}
