import { LightningElement } from "lwc";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import countOverwritten from "@salesforce/apex/CircaMappingController.countOverwritten";
import loadPage from "@salesforce/apex/CircaMappingController.loadPage";
import save from "@salesforce/apex/CircaMappingController.save";
import validate from "@salesforce/apex/CircaMappingController.validate";
import { AnswerBox } from "c/circaAnswers";
import { messagesOf } from "c/circaErrors";
import {
  buildRows,
  filterRows,
  isChanged,
  rowToSave,
  standardMappings,
  takenFields,
  VisibleRows,
  withDraft,
  withResults,
} from "c/circaMappingModel";
import CircaOverwriteQuestion from "c/circaOverwriteQuestion";
import { fill } from "c/circaText";
import { applyToRows } from "./bulk";
import { keepDrafts, withKeptDrafts } from "./drafts";
import { labels } from "./labels";
import { waitForDeployment, withRefusals } from "./saveFlow";

const countMs = 5_000;
const usualDeploymentMs = 10_000;
const noFilter = { search: "", state: "", section: "" };

/**
 * The mapping page. Its phases: `loading`, `idle`, `checking`, `asking` (about overwriting),
 * `deploying`. Rows can be edited in `idle` only, and no failure loses what was edited.
 */
export default class CircaMappingPage extends LightningElement {
  labels = labels;
  phase = "loading";
  page = null;
  rows = [];
  filter = noFilter;
  selected = new Set();
  isSlow = false;
  failure = [];
  answers = new AnswerBox();
  /** Whether the page is shown: what ends after it was left changes nothing here. */
  isHere = false;

  connectedCallback() {
    this.isHere = true;
    this.left = new Promise((resolve) => {
      this.leave = resolve;
    });
    this.answers.open();
    window.addEventListener("beforeunload", this.warnOfChanges);
    this.load().then(() => this.restore());
  }

  disconnectedCallback() {
    this.isHere = false;
    this.leave();
    if (this.page) keepDrafts(this.rows);
    this.answers.close();
    window.removeEventListener("beforeunload", this.warnOfChanges);
  }

  warnOfChanges = (event) => {
    if (this.hasChanges) event.preventDefault();
  };

  restore() {
    if (!this.isHere || !this.page) return;
    this.rows = withKeptDrafts(this.rows);
    keepDrafts([]);
    if (this.hasChanges) {
      this.toast("info", labels.title, fill(labels.restored, this.changedRows.length));
    }
  }

  async load() {
    this.phase = "loading";
    this.failure = [];
    try {
      this.page = await loadPage();
      this.visible = new VisibleRows(this.page);
      this.rows = buildRows(this.page);
      this.selected = new Set();
    } catch (error) {
      this.failure = messagesOf(error);
    }
    this.phase = "idle";
  }

  get isLoaded() {
    return this.page != null;
  }

  get isBusy() {
    return this.phase !== "idle";
  }

  get busyText() {
    if (this.phase === "loading") return labels.loading;
    if (this.phase === "checking") return labels.checking;
    if (this.phase !== "deploying") return null;
    return this.isSlow ? labels.deployingLong : labels.deploying;
  }

  get hasNoCatalogue() {
    return !this.page.catalogue.loaded;
  }

  get hasNoIntegrationUser() {
    return this.page.integrationUsers === 0;
  }

  get sections() {
    const names = this.rows.map(({ circaField }) => circaField.section).filter(Boolean);
    return [...new Set(names)];
  }

  get found() {
    return filterRows(this.rows, this.filter);
  }

  get taken() {
    return takenFields(this.rows);
  }

  get foundText() {
    return fill(labels.shown, this.found.length, this.rows.length);
  }

  get changedRows() {
    return this.rows.filter(isChanged);
  }

  get hasChanges() {
    return this.changedRows.length > 0;
  }

  get cannotSave() {
    return this.isBusy || !this.hasChanges;
  }

  get changesText() {
    return fill(labels.changes, this.changedRows.length);
  }

  get canUseStandard() {
    return standardMappings(this.rows, this.page).size > 0;
  }

  get selectedCount() {
    return this.selected.size;
  }

  handleFilter({ detail }) {
    this.filter = detail;
    this.refs.list.showFirst();
  }

  handleEdited({ detail: { rowKey, changes } }) {
    this.rows = this.rows.map((row) => (row.rowKey === rowKey ? withDraft(row, changes) : row));
  }

  handleReset({ detail: { rowKeys } }) {
    this.undo(new Set(rowKeys));
  }

  handleSelected({ detail: { rowKey, selected } }) {
    const keys = new Set(this.selected);
    if (selected) keys.add(rowKey);
    else keys.delete(rowKey);
    this.selected = keys;
  }

  handleBulk({ detail: { action } }) {
    if (action === "all") this.selected = new Set(this.found.map(({ rowKey }) => rowKey));
    else if (action === "none") this.selected = new Set();
    else if (action === "undo") this.undo(this.selected);
    else this.rows = applyToRows(action, this.rows, this.selected, this.page);
  }

  handleStandard() {
    const filled = standardMappings(this.rows, this.page);
    this.rows = this.rows.map((row) => filled.get(row.rowKey) ?? row);
    this.toast("info", labels.standard, fill(labels.standardUsed, filled.size));
  }

  handleDiscard() {
    this.undo(new Set(this.rows.map(({ rowKey }) => rowKey)));
  }

  undo(keys) {
    const before = new Map(buildRows(this.page).map((row) => [row.rowKey, row]));
    this.rows = this.rows.map((row) =>
      keys.has(row.rowKey) ? (before.get(row.rowKey) ?? row) : row,
    );
  }

  async handleSave() {
    const changed = this.changedRows.map((row) => rowToSave(row, this.page.campaignFields));
    this.failure = [];
    this.phase = "checking";
    try {
      if (!this.accept(await validate({ rows: changed }))) return;
      const overwritten = await countOverwritten({ rows: changed });
      if (overwritten.rows.some(({ atMost }) => atMost > 0)) await this.ask(changed, overwritten);
      else await this.deploy(changed);
    } catch (error) {
      this.fail(messagesOf(error));
    }
  }

  /** Shows what is wrong with the rows. @returns whether nothing is */
  accept(results) {
    this.rows = withResults(this.rows, results);
    const wrong = results.filter(({ errors }) => errors.length > 0).length;
    if (wrong > 0) this.fail([fill(labels.invalid, wrong)]);
    return wrong === 0;
  }

  async ask(changed, { requestId, rows }) {
    const names = new Map(this.rows.map((row) => [row.rowKey, row.circaField.label]));
    const asked = rows
      .filter(({ reason }) => reason !== "none")
      .map((row) => ({ ...row, label: names.get(row.rowKey) }));
    this.phase = "asking";
    const isConfirmed = await CircaOverwriteQuestion.open({
      size: "small",
      label: labels.overwriteTitle,
      description: labels.overwriteIntro,
      rows: asked,
      counted: requestId == null ? null : this.answers.wait("preview_ready", requestId, countMs),
      left: this.left,
    });
    if (!this.isHere) return;
    if (isConfirmed === true) await this.deploy(changed);
    else this.phase = "idle";
  }

  async deploy(changed) {
    this.phase = "deploying";
    this.isSlow = false;
    const { saved, jobId, results } = await save({ rows: changed });
    if (!saved) {
      this.accept(results);
      return;
    }
    const timer = setTimeout(() => {
      this.isSlow = true;
    }, usualDeploymentMs);
    const ended = await waitForDeployment(this.answers, jobId, () => this.isHere);
    clearTimeout(timer);
    if (!this.isHere) return;
    if (ended?.state !== "succeeded") {
      this.refuse(changed, results, ended);
      return;
    }
    this.toast("success", labels.deployed, fill(labels.deployedText, changed.length));
    await this.load();
  }

  refuse(changed, results, ended) {
    const refused = withRefusals(this.rows, changed, results, ended?.rows ?? []);
    this.rows = refused.rows;
    const reason = ended ? [labels.failed, ended.message] : [labels.timedOut];
    this.fail([...reason, ...refused.others].filter(Boolean));
  }

  fail(messages) {
    this.failure = messages;
    this.phase = "idle";
  }

  toast(variant, title, message) {
    this.dispatchEvent(new ShowToastEvent({ variant, title, message }));
  }
}
