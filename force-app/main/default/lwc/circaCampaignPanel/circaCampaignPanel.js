import { api, LightningElement, wire } from "lwc";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import { getRecord, notifyRecordUpdateAvailable } from "lightning/uiRecordApi";
import USER_ID from "@salesforce/user/Id";
import connect from "@salesforce/apex/CircaCampaignController.connect";
import disconnect from "@salesforce/apex/CircaCampaignController.disconnect";
import getPanel from "@salesforce/apex/CircaCampaignController.getPanel";
import syncNow from "@salesforce/apex/CircaCampaignController.syncNow";
import { messagesOf } from "c/circaErrors";
import { fill, webAddress } from "c/circaText";
import { editNotices, RecordWatch } from "./edits";
import { labels } from "./labels";

const pollMs = 1_000;
/** So long the panel looks for what the service made of an edit or a wish. */
const lookForMs = 20_000;

const states = {
  "In Sync": { icon: "utility:success", variant: "success", text: labels.inSync },
  Pending: { icon: "utility:clock", variant: "", text: labels.pending },
  Attention: { icon: "utility:warning", variant: "warning", text: labels.attention },
};

/** A Campaign's Event, and how the two are doing. */
export default class CircaCampaignPanel extends LightningElement {
  labels = labels;
  /** The Campaign whose page this is; the page may move on to another one. */
  campaignId;
  panel = null;
  failure = [];
  isBusy = false;
  isAskingToDisconnect = false;
  /** What became of Sync now, in words. */
  answer = "";
  notices = [];
  watch = new RecordWatch(USER_ID);
  isHere = false;

  @api
  get recordId() {
    return this.campaignId;
  }

  /** Nothing of the Campaign before is shown, asked or acted on any more. */
  set recordId(recordId) {
    if (recordId === this.campaignId) return;
    this.campaignId = recordId;
    this.panel = null;
    this.failure = [];
    this.answer = "";
    this.notices = [];
    this.isBusy = false;
    this.isAskingToDisconnect = false;
    this.watch.forget();
    if (this.isHere) this.load();
  }

  connectedCallback() {
    this.isHere = true;
    this.load();
  }

  disconnectedCallback() {
    this.isHere = false;
  }

  @wire(getRecord, { recordId: "$campaignId", optionalFields: "$watchedFields" })
  handleRecord({ data }) {
    if (data?.id !== this.campaignId || !this.panel) return;
    const edited = this.watch.editsIn(data);
    if (edited.length === 0) return;
    this.notices = editNotices(this.panel.fields, edited, labels);
    this.followUntil((panel) => panel.checkedAt > this.loadedCheck);
  }

  /** The mapped fields, so that an edit on the page is noticed; nothing until they are known. */
  get watchedFields() {
    const names = this.panel?.event ? this.panel.fields.map((field) => field.campaignField) : [];
    if (names.length === 0) return undefined;
    return [...names, "LastModifiedById"].map((name) => `Campaign.${name}`);
  }

  async load() {
    const { campaignId } = this;
    this.failure = [];
    try {
      const panel = await getPanel({ campaignId });
      if (this.shows(campaignId)) this.panel = panel;
    } catch (error) {
      if (this.shows(campaignId)) this.failure = messagesOf(error);
    }
  }

  /** Whether an answer about a Campaign still belongs here; it may come late. */
  shows(campaignId) {
    return this.isHere && campaignId === this.campaignId;
  }

  /** Loads the panel each second until it shows what is looked for. @returns whether it did */
  async followUntil(isThere) {
    const { campaignId } = this;
    this.loadedCheck = this.panel.checkedAt ?? "";
    const until = Date.now() + lookForMs;
    while (this.shows(campaignId) && Date.now() < until) {
      await new Promise((resolve) => {
        setTimeout(resolve, pollMs);
      });
      if (!this.shows(campaignId)) return false;
      await this.load();
      if (this.shows(campaignId) && this.panel && isThere(this.panel)) {
        notifyRecordUpdateAvailable([{ recordId: campaignId }]);
        return true;
      }
    }
    return false;
  }

  get isLoaded() {
    return this.panel != null;
  }

  get event() {
    return this.panel?.event;
  }

  get isConnected() {
    return Boolean(this.panel?.event);
  }

  get canConnect() {
    return this.panel != null && !this.panel.event && this.panel.canEdit;
  }

  get canDisconnect() {
    return this.isConnected && this.panel.canEdit && !this.isAskingToDisconnect;
  }

  get eventName() {
    return this.event.name ?? fill(labels.unknownEvent, this.event.id);
  }

  get eventUrl() {
    return webAddress(this.event.url);
  }

  get openText() {
    return fill(labels.openEvent, this.eventName);
  }

  /** Until the service has reported single fields, its report of the Campaign holds for each. */
  get fields() {
    const { fields, status, checkedAt } = this.panel;
    if (checkedAt || status !== "In Sync") return fields;
    return fields.map((field) =>
      field.state === "pending" ? { ...field, state: "in_sync" } : field,
    );
  }

  get state() {
    return states[this.panel.status] ?? states.Pending;
  }

  get lastSyncedText() {
    return this.panel.lastSynced ? labels.lastSynced : labels.never;
  }

  get hasMessage() {
    return Boolean(this.panel.message) && this.panel.problems.length === 0;
  }

  async handleConnect({ detail: { id, name } }) {
    await this.change(
      (campaignId) => connect({ campaignId, eventId: id }),
      labels.connected,
      fill(labels.connectedText, name),
    );
  }

  handleAskToDisconnect() {
    this.isAskingToDisconnect = true;
  }

  handleCancel() {
    this.isAskingToDisconnect = false;
  }

  async handleDisconnect() {
    this.isAskingToDisconnect = false;
    await this.change((campaignId) => disconnect({ campaignId }), labels.disconnected, "");
  }

  /** Does something to the Campaign that is shown, which may no longer be so when it is done. */
  async change(work, title, message) {
    if (!this.panel) return;
    const { campaignId } = this;
    this.isBusy = true;
    this.failure = [];
    this.answer = "";
    this.notices = [];
    try {
      await work(campaignId);
      this.dispatchEvent(new ShowToastEvent({ variant: "success", title, message }));
      notifyRecordUpdateAvailable([{ recordId: campaignId }]);
      if (!this.shows(campaignId)) return;
      this.watch.forget();
      await this.load();
    } catch (error) {
      if (this.shows(campaignId)) this.failure = messagesOf(error);
    }
    if (!this.shows(campaignId)) return;
    this.isBusy = false;
    if (this.isConnected) await this.followUntil(({ lastSynced }) => lastSynced != null);
  }

  async handleSyncNow() {
    if (!this.panel) return;
    const { campaignId } = this;
    this.isBusy = true;
    this.notices = [];
    this.answer = labels.syncing;
    try {
      const { requestId } = await syncNow({ campaignId });
      if (!this.shows(campaignId)) return;
      const isDone = await this.followUntil((panel) => panel.lastRequestId === requestId);
      if (!this.shows(campaignId)) return;
      this.answer = isDone ? fill(labels.synced, this.state.text) : labels.noAnswer;
    } catch (error) {
      if (!this.shows(campaignId)) return;
      this.answer = "";
      this.failure = messagesOf(error);
    }
    this.isBusy = false;
  }
}
