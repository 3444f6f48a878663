import { api, createElement, LightningElement } from "lwc";

/** What can have the focus, in the order in which Tab goes through it. */
const focusable = "button, lightning-button, input, a[href], [tabindex='0']";

/**
 * Stand-in of `lightning/modal`, which Salesforce has no stub for. As the real one does, it opens at the end
 * of the page's body as a dialog that keeps the focus, is closed by Escape and its own button, and tells
 * whoever opened it with what it was closed.
 */
export default class LightningModal extends LightningElement {
  @api label = "";
  @api description = "";
  @api size = "medium";
  @api disableClose = false;

  /** @returns a promise of what it is closed with; undefined when the person only closes it */
  static open(properties = {}) {
    const dialog = dialogOf(properties);
    const modal = createElement("lightning-modal", { is: this });
    const before = document.activeElement;
    for (const [name, value] of Object.entries(properties)) {
      if (name.startsWith("on")) modal.addEventListener(name.slice(2), value);
      else modal[name] = value;
    }
    const close = document.createElement("button");
    close.setAttribute("aria-label", "Cancel and close");
    close.addEventListener("click", () => modal.close());
    dialog.append(close, modal);
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") modal.close();
      if (event.key === "Tab") keepFocus(event, dialog);
    });
    document.body.append(dialog);
    dialog.focus();
    return new Promise((resolve) => {
      modal.addEventListener("privateclose", ({ detail }) => {
        dialog.remove();
        before?.focus();
        resolve(detail.result);
      });
    });
  }

  @api
  close(result) {
    if (this.disableClose) return;
    this.dispatchEvent(new CustomEvent("privateclose", { detail: { result } }));
  }
}

function dialogOf({ label, description }) {
  if (!label) throw new Error("A modal needs a label.");
  const dialog = document.createElement("section");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  dialog.setAttribute("aria-label", label);
  if (description) dialog.setAttribute("aria-description", description);
  dialog.tabIndex = -1;
  return dialog;
}

/** From the last element on to the first, and the other way round: never out of the dialog. */
function keepFocus(event, dialog) {
  const inner = dialog.querySelector("lightning-modal").shadowRoot;
  const all = [...dialog.querySelectorAll(focusable), ...inner.querySelectorAll(focusable)];
  const here = all.indexOf(inner.activeElement ?? document.activeElement);
  const step = event.shiftKey ? all.length - 1 : 1;
  event.preventDefault();
  all[(Math.max(here, 0) + (here < 0 ? 0 : step)) % all.length].focus();
}
