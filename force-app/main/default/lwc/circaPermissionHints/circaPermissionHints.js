import { api, LightningElement } from "lwc";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** Who needs which permission set, and how many have it. */
export default class CircaPermissionHints extends LightningElement {
  labels = labels;
  /** `permissionSets` of the set-up state. */
  @api permissionSets = [];

  get lines() {
    return this.permissionSets.map((set) => ({
      ...set,
      usersText: fill(labels.users, set.users),
      assignText: fill(labels.assignOf, set.label),
    }));
  }
}
