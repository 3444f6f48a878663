import { api, LightningElement } from "lwc";
import { fill, shortTime } from "c/circaText";
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
    }));
  }

  get isEmpty() {
    return this.changes.length === 0;
  }
}

function valuesOf({ oldValue, newValue }) {
  return fill(labels.oldAndNew, oldValue ?? labels.blank, newValue ?? labels.blank);
}

function storyOf({ at, direction, cause, actor, note }) {
  return [
    shortTime(at),
    direction === "To_Salesforce" ? labels.toSalesforce : labels.toCirca,
    note ? (labels[note] ?? note) : (labels[cause] ?? cause),
    actor && fill(labels.by, actor),
  ]
    .filter(Boolean)
    .join(" · ");
}
