import { api, LightningElement } from "lwc";
import { labels } from "./labels";

/** Each problem in words, with what to do. */
export default class CircaPanelProblems extends LightningElement {
  labels = labels;
  /** `problems` of the panel. */
  @api problems = [];

  get cards() {
    return this.problems.map((problem) => ({
      ...problem,
      title: problem.fieldLabel ?? labels.whole,
    }));
  }

  get hasProblems() {
    return this.problems.length > 0;
  }
}
