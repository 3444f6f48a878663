import { api, LightningElement } from "lwc";
import { labels } from "./labels";

/** Fires `filterchanged` with `{search, state, section}`. */
export default class CircaMappingToolbar extends LightningElement {
  labels = labels;
  @api filter;
  /** Names of the sections that there are. */
  @api sections = [];

  get stateOptions() {
    const states = ["broken", "unmapped", "mapped", "off", "changed"];
    return [
      { value: "", label: labels.all },
      ...states.map((value) => ({ value, label: labels[value] })),
    ];
  }

  get sectionOptions() {
    return [
      { value: "", label: labels.allSections },
      ...this.sections.map((value) => ({ value, label: value })),
    ];
  }

  handleSearch({ target }) {
    this.tell({ search: target.value });
  }

  handleState({ detail: { value } }) {
    this.tell({ state: value });
  }

  handleSection({ detail: { value } }) {
    this.tell({ section: value });
  }

  tell(change) {
    const detail = { ...this.filter, ...change };
    this.dispatchEvent(new CustomEvent("filterchanged", { detail }));
  }
}
