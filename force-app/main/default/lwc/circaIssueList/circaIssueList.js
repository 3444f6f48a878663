import { LightningElement } from "lwc";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import getIssues from "@salesforce/apex/CircaIssueController.getIssues";
import retry from "@salesforce/apex/CircaIssueController.retry";
import { messagesOf } from "c/circaErrors";
import { fill } from "c/circaText";
import { labels } from "./labels";

const pageSize = 50;
const typingMs = 250;
const pollMs = 1_000;
/** So long the list looks for what a retry led to. */
const lookForMs = 20_000;

/** Problems of the sync, with retry for one and for many. */
export default class CircaIssueList extends LightningElement {
  labels = labels;
  pageSize = pageSize;
  status = "Open";
  search = "";
  /** Where each page up to the one shown begins, as the one before it said. */
  starts = [null];
  page = null;
  failure = [];
  selected = new Set();
  isBusy = false;
  loads = 0;

  connectedCallback() {
    this.isHere = true;
    this.load();
  }

  disconnectedCallback() {
    this.isHere = false;
    clearTimeout(this.timer);
  }

  async load() {
    this.loads += 1;
    const { loads, status, search } = this;
    const after = this.starts.at(-1);
    try {
      const page = await getIssues({ status, search, pageSize, after });
      // A slow answer to older words must not replace a newer one.
      if (loads !== this.loads) return;
      if (page.issues.length === 0 && this.starts.length > 1) {
        // All of the page are solved or gone.
        this.starts = this.starts.slice(0, -1);
        await this.load();
        return;
      }
      this.page = page;
      this.failure = [];
      const ids = new Set(page.issues.map(({ id }) => id));
      this.selected = new Set([...this.selected].filter((id) => ids.has(id)));
    } catch (error) {
      if (loads === this.loads) this.failure = messagesOf(error);
    }
  }

  get offset() {
    return (this.starts.length - 1) * pageSize;
  }

  get statusOptions() {
    return [
      { value: "Open", label: labels.open },
      { value: "Resolved", label: labels.resolved },
      { value: "All", label: labels.all },
    ];
  }

  get isLoaded() {
    return this.page != null;
  }

  get views() {
    return this.page.issues.map((issue) => ({
      issue,
      isSelected: this.selected.has(issue.id),
    }));
  }

  get foundText() {
    return fill(labels.found, this.page.total);
  }

  get isEmpty() {
    return this.page.issues.length === 0;
  }

  get cannotRetry() {
    return this.isBusy || this.selected.size === 0;
  }

  handleStatus({ detail: { value } }) {
    this.status = value;
    this.starts = [null];
    this.load();
  }

  handleSearch({ detail: { value } }) {
    this.search = value;
    this.starts = [null];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), typingMs);
  }

  handlePage({ detail: { first } }) {
    if (first < this.offset) this.starts = this.starts.slice(0, -1);
    else if (this.page.next != null) this.starts = [...this.starts, this.page.next];
    this.load();
  }

  handleSelected({ detail: { id, selected } }) {
    const ids = new Set(this.selected);
    if (selected) ids.add(id);
    else ids.delete(id);
    this.selected = ids;
  }

  handleSelectAll() {
    const open = this.page.issues.filter(({ status }) => status === "Open");
    this.selected = new Set(open.map(({ id }) => id));
  }

  handleRetryOne({ detail: { id } }) {
    return this.retryAll([id]);
  }

  handleRetrySelected() {
    return this.retryAll([...this.selected]);
  }

  async retryAll(issueIds) {
    this.isBusy = true;
    this.failure = [];
    try {
      const { requested } = await retry({ issueIds });
      const title = fill(labels.asked, requested);
      const message = labels.askedText;
      this.dispatchEvent(new ShowToastEvent({ variant: "info", title, message }));
      this.selected = new Set();
      this.isBusy = false;
      await this.follow(new Set(issueIds));
    } catch (error) {
      this.failure = messagesOf(error);
    }
    this.isBusy = false;
  }

  /** Loads the list until the service has tried these. */
  async follow(ids) {
    const until = Date.now() + lookForMs;
    await this.load();
    while (this.isHere && Date.now() < until && this.page.issues.some(isTriedOf(ids))) {
      await new Promise((resolve) => {
        setTimeout(resolve, pollMs);
      });
      await this.load();
    }
  }
}

function isTriedOf(ids) {
  return ({ id, status, retryRequestedAt, seenAt }) =>
    ids.has(id) && status === "Open" && (retryRequestedAt ?? "") > (seenAt ?? "");
}
