import { api, LightningElement } from "lwc";
import { fill } from "c/circaText";
import { labels } from "./labels";

/** The last changes, newest first: what, which way, and where it came from. */
export default class CircaPanelChanges extends LightningElement {
  labels = labels;
  /** `changes` of the panel. */
  @api changes = [];

  get lines() {
    return this.changes.map((change, key) => ({
      key,
      fieldLabel: change.fieldLabel,
      values: change.hidden ? labels.hidden : valuesOf(change),
      story: storyOf(change),
      at: change.at,
    }));
  }

  get isEmpty() {
    return this.changes.length === 0;
  }
}

function valuesOf({ oldValue, newValue }) {
  return fill(labels.oldAndNew, oldValue ?? labels.blank, newValue ?? labels.blank);
}

/** With a place for when it was, which stands first. */
function storyOf({ direction, cause, actor, note }) {
  return [
    "{0}",
    direction === "To_Salesforce" ? labels.toSalesforce : labels.toCirca,
    note ? (labels[note] ?? note) : (labels[cause] ?? cause),
    actor && fill(labels.by, actor),
  ]
    .filter(Boolean)
    .join(" · ");
}
