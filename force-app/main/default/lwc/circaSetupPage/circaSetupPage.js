import { LightningElement } from "lwc";
import askService from "@salesforce/apex/CircaSetupController.askService";
import getState from "@salesforce/apex/CircaSetupController.getState";
import setDigest from "@salesforce/apex/CircaSetupController.setDigest";
import setWatching from "@salesforce/apex/CircaSetupController.setWatching";
import { messagesOf } from "c/circaErrors";
import { fill } from "c/circaText";
import { labels } from "./labels";

const pollMs = 1_000;
const waitForSeconds = 20;

/** How the connection is, and what is still to be set up. */
export default class CircaSetupPage extends LightningElement {
  labels = labels;
  state = null;
  failure = [];
  isAsking = false;
  answer = "";

  connectedCallback() {
    this.isHere = true;
    this.open();
  }

  disconnectedCallback() {
    this.isHere = false;
  }

  /** What is stored may be half an hour old, so the service is asked as well. */
  async open() {
    await this.load();
    if (this.state && this.isHere) await this.handleAsk();
  }

  async load() {
    this.failure = [];
    try {
      this.state = await getState();
    } catch (error) {
      this.failure = messagesOf(error);
    }
  }

  get isLoaded() {
    return this.state != null;
  }

  get service() {
    return this.state.service;
  }

  get heading() {
    return this.service.alive ? labels.alive : labels.silent;
  }

  get icon() {
    return this.service.alive
      ? { name: "utility:success", variant: "success" }
      : { name: "utility:error", variant: "error" };
  }

  get mappingText() {
    const { active, broken } = this.state.mappings;
    return fill(labels.mappings, active, broken);
  }

  handleWatching({ target }) {
    return this.change(() => setWatching({ isOn: target.checked }));
  }

  handleDigest({ target }) {
    return this.change(() => setDigest({ isOn: target.checked }));
  }

  async change(work) {
    try {
      await work();
      await this.load();
    } catch (error) {
      const messages = messagesOf(error);
      // Shows the switch as it really is.
      await this.load();
      this.failure = messages;
    }
  }

  async handleAsk() {
    const before = this.service.heartbeatAt ?? "";
    this.isAsking = true;
    this.answer = labels.asking;
    try {
      await askService();
      const isAnswered = await this.follow((service) => (service.heartbeatAt ?? "") > before);
      this.answer = isAnswered ? labels.answered : fill(labels.noAnswer, waitForSeconds);
    } catch (error) {
      this.answer = "";
      this.failure = messagesOf(error);
    }
    this.isAsking = false;
  }

  async follow(isThere) {
    const until = Date.now() + waitForSeconds * 1_000;
    while (this.isHere && Date.now() < until) {
      await new Promise((resolve) => {
        setTimeout(resolve, pollMs);
      });
      await this.load();
      if (isThere(this.service)) return true;
    }
    return false;
  }
}
