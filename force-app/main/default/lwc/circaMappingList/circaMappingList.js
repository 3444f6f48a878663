import { api, LightningElement } from "lwc";
import { labels } from "./labels";

/** So many rows are drawn at once; more would make typing in the filter stutter. */
const rowsOnPage = 50;

/** Passes on what its rows fire. */
export default class CircaMappingList extends LightningElement {
  labels = labels;
  rowsOnPage = rowsOnPage;
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
    // Rows may have been removed since the page was turned.
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

  get isEmpty() {
    return this.rows.length === 0;
  }

  handlePage({ detail: { first } }) {
    this.firstRow = first;
    this.refs.list.scrollIntoView?.({ block: "start" });
  }
}
