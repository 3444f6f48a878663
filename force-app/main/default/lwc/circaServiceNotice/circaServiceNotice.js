import { api, LightningElement } from "lwc";
import { labels } from "./labels";

/** Says so when the sync service is not running. */
export default class CircaServiceNotice extends LightningElement {
  /** `{alive, heartbeatAt}` */
  @api service;

  get isSilent() {
    return this.service?.alive === false;
  }

  get text() {
    return this.service.heartbeatAt ? labels.silent : labels.never;
  }
}
