import { NavigationMixin } from "lightning/navigation";
import { api, LightningElement } from "lwc";
import { follow } from "c/circaLinks";
import { fill, webAddress } from "c/circaText";
import { labels } from "./labels";

/** One problem. Fires `issueselected` with `{id, selected}` and `issueretried` with `{id}`. */
export default class CircaIssueCard extends NavigationMixin(LightningElement) {
  labels = labels;
  /** One of the `issues` of an issue page. */
  @api issue;
  @api selected = false;
  @api disabled = false;

  get title() {
    return this.issue.fieldLabel ?? labels.whole;
  }

  get name() {
    const { campaignName, eventName } = this.issue;
    return `${this.title}, ${campaignName ?? eventName ?? ""}`;
  }

  get campaignText() {
    const { campaignName, campaignId } = this.issue;
    return campaignId ? fill(labels.campaign, campaignName ?? campaignId) : null;
  }

  get campaignUrl() {
    return `/lightning/r/Campaign/${this.issue.campaignId}/view`;
  }

  get eventText() {
    const { eventName, eventId } = this.issue;
    return eventId ? fill(labels.event, eventName ?? eventId) : null;
  }

  get eventUrl() {
    return webAddress(this.issue.eventUrl);
  }

  get timeText() {
    return this.issue.resolvedAt ? labels.solved : labels.since;
  }

  get time() {
    return this.issue.resolvedAt ?? this.issue.openedAt;
  }

  get isOpen() {
    return this.issue.status === "Open";
  }

  get isTrying() {
    const { retryRequestedAt, seenAt } = this.issue;
    return this.isOpen && retryRequestedAt != null && retryRequestedAt > (seenAt ?? "");
  }

  get selectText() {
    return fill(labels.select, this.name);
  }

  get retryText() {
    return fill(labels.retryOf, this.name);
  }

  handleCampaign(event) {
    const { campaignId: recordId } = this.issue;
    const attributes = { recordId, objectApiName: "Campaign", actionName: "view" };
    follow(this, event, { type: "standard__recordPage", attributes });
  }

  handleSelect({ target }) {
    this.tell("issueselected", { id: this.issue.id, selected: target.checked });
  }

  handleRetry() {
    this.tell("issueretried", { id: this.issue.id });
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
