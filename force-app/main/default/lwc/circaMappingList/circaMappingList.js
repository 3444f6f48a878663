import { api, LightningElement } from "lwc";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** So many rows are drawn at once; more would make typing in the filter stutter. */
const rowsOnPage = 50;

/** Passes on what its rows fire. */
export default class CircaMappingList extends LightningElement {
  labels = labels;
  /** The rows that were found. */
  @api rows = [];
  /** A `VisibleRows`. */
  @api model;
  /** Who has which Campaign field. */
  @api taken;
  /** Keys of the selected rows. */
  @api selected;
  @api disabled = false;
  firstRow = 0;

  @api
  showFirst() {
    this.firstRow = 0;
  }

  get first() {
    // Rows may have gone since somebody turned the page.
    return this.firstRow < this.rows.length ? this.firstRow : 0;
  }

  get views() {
    return this.rows
      .slice(this.first, this.first + rowsOnPage)
      .map((row) => this.model.viewOf(row, this.taken, this.selected));
  }

  get page() {
    return this.model.page;
  }

  get rangeText() {
    const last = Math.min(this.first + rowsOnPage, this.rows.length);
    return fill(labels.rowsShown, this.first + 1, last);
  }

  get isEmpty() {
    return this.rows.length === 0;
  }

  get hasPages() {
    return this.rows.length > rowsOnPage;
  }

  get isFirstPage() {
    return this.first === 0;
  }

  get isLastPage() {
    return this.first + rowsOnPage >= this.rows.length;
  }

  handlePage({ target }) {
    this.firstRow = this.first + (target.name === "next" ? rowsOnPage : -rowsOnPage);
    this.refs.list.scrollIntoView?.({ block: "start" });
  }
}
