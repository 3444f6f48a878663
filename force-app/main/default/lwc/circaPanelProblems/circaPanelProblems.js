import { api, LightningElement } from "lwc";
import { fill, shortTime } from "c/circaText";
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
      since: fill(labels.since, shortTime(problem.openedAt)),
    }));
  }

  get hasProblems() {
    return this.problems.length > 0;
  }
}
