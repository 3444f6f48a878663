import { api, LightningElement } from "lwc";
import searchEvents from "@salesforce/apex/CircaCampaignController.searchEvents";
import { messagesOf } from "c/circaErrors";
import { fill } from "c/circaText";
import { labels } from "./labels";

const typingMs = 250;
/** The server gives no more. */
const shownAtMost = 50;

/** Finds an Event. Fires `eventchosen` with `{id, name}`. */
export default class CircaEventSearch extends LightningElement {
  labels = labels;
  dash = " – ";
  @api disabled = false;
  term = "";
  fromDate = null;
  toDate = null;
  events = null;
  failure = [];
  search = 0;

  connectedCallback() {
    this.find();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  get choices() {
    return (this.events ?? []).map((event) => ({
      ...event,
      ...datesOf(event),
      facts: [event.location, event.status].filter(Boolean).join(" · "),
      isTaken: event.connectedCampaignId != null,
      takenText: fill(labels.taken, event.connectedCampaignName ?? event.connectedCampaignId),
      connectText: fill(labels.connectTo, event.name),
    }));
  }

  get resultText() {
    return this.events == null ? "" : fill(labels.results, this.events.length);
  }

  get isEmpty() {
    return this.events?.length === 0;
  }

  get isCut() {
    return this.events?.length === shownAtMost;
  }

  get failures() {
    return this.failure.map((message, key) => ({ key, message }));
  }

  handleTerm({ detail: { value } }) {
    this.term = value;
    this.findSoon();
  }

  handleFrom({ detail: { value } }) {
    this.fromDate = value || null;
    this.findSoon();
  }

  handleUntil({ detail: { value } }) {
    this.toDate = value || null;
    this.findSoon();
  }

  findSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.find(), typingMs);
  }

  async find() {
    this.search += 1;
    const { search, term, fromDate, toDate } = this;
    try {
      const events = await searchEvents({ term, fromDate, toDate });
      // A slow answer to older words must not replace a newer one.
      if (search !== this.search) return;
      this.events = events;
      this.failure = [];
    } catch (error) {
      this.failure = messagesOf(error);
    }
  }

  handleConnect({ currentTarget }) {
    const { id, name } = currentTarget.dataset;
    this.dispatchEvent(new CustomEvent("eventchosen", { detail: { id, name } }));
  }
}

/** The day or the days of an Event, as far as they are known. */
function datesOf({ startDate, endDate }) {
  const firstDate = startDate ?? endDate;
  const isLong = startDate != null && endDate != null && startDate !== endDate;
  return { firstDate, lastDate: isLong ? endDate : null };
}
