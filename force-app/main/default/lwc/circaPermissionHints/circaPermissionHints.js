import { NavigationMixin } from "lightning/navigation";
import { api, LightningElement } from "lwc";
import { follow, setupPage } from "c/circaLinks";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** Who needs which permission set, and how many have it. */
export default class CircaPermissionHints extends NavigationMixin(LightningElement) {
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

  handleLink(event) {
    follow(this, event, setupPage(event.currentTarget.getAttribute("href")));
  }
}
