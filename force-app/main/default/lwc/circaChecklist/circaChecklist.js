import { NavigationMixin } from "lightning/navigation";
import { api, LightningElement } from "lwc";
import { follow, setupPage } from "c/circaLinks";
import { fill } from "c/circaText";
import { labels } from "./labels";

const icons = {
  ok: { icon: "utility:success", variant: "success" },
  warning: { icon: "utility:warning", variant: "warning" },
  error: { icon: "utility:error", variant: "error" },
};

/** What is set up and what is not, each with its fix. */
export default class CircaChecklist extends NavigationMixin(LightningElement) {
  labels = labels;
  /** `findings` of the set-up state, errors first. */
  @api findings = [];

  get lines() {
    return this.findings.map((finding, key) => ({
      ...finding,
      ...icons[finding.severity],
      key,
      word: labels[finding.severity],
      isToDo: finding.severity !== "ok",
      openText: fill(labels.openFor, finding.title),
      classes: `line line_${finding.severity}`,
    }));
  }

  get isAllDone() {
    return this.findings.every(({ severity }) => severity === "ok");
  }

  handleLink(event) {
    follow(this, event, setupPage(event.currentTarget.getAttribute("href")));
  }
}
