import { api, LightningElement } from "lwc";
import { fill, holdsWords } from "c/circaText";
import { labels } from "./labels";

/** More are not drawn: with 400 fields the user types. */
const shownAtMost = 30;

/**
 * Chooses one of many fields, as a combobox of the ARIA practices: type to filter, arrows to move,
 * Enter to choose, Escape to close.
 */
export default class CircaFieldPicker extends LightningElement {
  labels = labels;
  /** `[{name, label, detail, isSuggested}]` in the order in which to show them. */
  @api options = [];
  @api label;
  @api disabled = false;
  /** Name of the chosen field; null when none is chosen. */
  @api value = null;
  isOpen = false;
  /** What was typed; null while nothing was. */
  search = null;
  activeIndex = -1;

  @api
  focus() {
    this.refs.input.focus();
  }

  get chosen() {
    return this.options.find(({ name }) => name === this.value);
  }

  get inputValue() {
    return this.search ?? this.chosen?.label ?? this.value ?? "";
  }

  get found() {
    const words = this.search?.trim();
    if (!words) return this.options;
    return this.options.filter(({ label, name }) => holdsWords(words, label, name));
  }

  get isClosed() {
    return !this.isOpen;
  }

  get items() {
    if (!this.isOpen) return [];
    return this.found.slice(0, shownAtMost).map((option, index) => ({
      ...option,
      id: `option-${index}`,
      index,
      isChosen: String(option.name === this.value),
      classes: `slds-media slds-listbox__option slds-listbox__option_plain slds-media_small item ${
        index === this.activeIndex ? "item_active" : ""
      }`,
    }));
  }

  get moreText() {
    const more = this.found.length - shownAtMost;
    return more > 0 ? fill(labels.more, more) : null;
  }

  get isEmpty() {
    return this.found.length === 0;
  }

  get expanded() {
    return String(this.isOpen);
  }

  get comboboxClasses() {
    const open = this.isOpen ? "slds-is-open" : "";
    return `slds-combobox slds-dropdown-trigger slds-dropdown-trigger_click ${open}`;
  }

  get canClear() {
    return this.value != null && !this.disabled;
  }

  renderedCallback() {
    const input = this.refs.input;
    if (input.value !== this.inputValue) input.value = this.inputValue;
    const active = this.template.querySelector(".item_active");
    if (active && this.isOpen) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
    active?.scrollIntoView?.({ block: "nearest" });
  }

  handleOpen() {
    this.isOpen = true;
  }

  handleInput({ target }) {
    this.search = target.value;
    this.isOpen = true;
    this.activeIndex = 0;
  }

  handleKey(event) {
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        this.move(event.key === "ArrowDown" ? 1 : -1);
        event.preventDefault();
        break;
      case "Enter":
        if (this.isOpen && this.activeIndex >= 0) {
          this.choose(this.items[this.activeIndex]?.name);
          event.preventDefault();
        }
        break;
      case "Escape":
        if (this.isOpen) event.stopPropagation();
        this.close();
        break;
      default:
    }
  }

  move(step) {
    const count = this.items.length;
    if (!this.isOpen) {
      this.isOpen = true;
      return;
    }
    if (count > 0) this.activeIndex = (this.activeIndex + step + count) % count;
  }

  handleChoice(event) {
    this.choose(event.currentTarget.dataset.name);
  }

  /** Keeps the focus in the input while an option is clicked. */
  keepFocus(event) {
    event.preventDefault();
  }

  handleClear() {
    this.choose(null);
    this.focus();
  }

  choose(name) {
    if (name === undefined) return;
    this.close();
    this.dispatchEvent(new CustomEvent("fieldchosen", { detail: { name } }));
  }

  close() {
    this.isOpen = false;
    this.search = null;
    this.activeIndex = -1;
  }
}
