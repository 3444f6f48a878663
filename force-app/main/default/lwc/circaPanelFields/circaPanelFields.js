import { api, LightningElement } from "lwc";
import { labels } from "./labels";

/** Who owns which field, with a lock on what Circa owns, and whether it is in sync. */
export default class CircaPanelFields extends LightningElement {
  labels = labels;
  /** `fields` of the panel. */
  @api fields = [];

  get lines() {
    return this.fields.map((field) => {
      const isCircas = field.ownedBy === "Circa";
      return {
        ...field,
        isCircas,
        owner: isCircas ? labels.circa : labels.salesforce,
        arrow: isCircas ? "utility:lock" : "utility:edit",
        stateText: stateText(field),
        stateClasses: `state state_${field.state}`,
      };
    });
  }

  get isEmpty() {
    return this.fields.length === 0;
  }
}

function stateText({ state, since }) {
  if (state === "in_sync") return labels.inSync;
  const isProblem = state === "problem";
  if (!since) return isProblem ? labels.problem : labels.pending;
  return isProblem ? labels.problemSince : labels.pendingSince;
}
