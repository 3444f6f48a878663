/* global document, fetch, DOMParser, FormData, URLSearchParams, location, window */
import { announceSaved } from "./record-api.mjs";

/**
 * Opens a record's form over its page, and saves it without leaving, as Lightning does. The form's
 * own page works without this.
 */
export function editInPlace() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-edit]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    void open(link.href);
  });
  window.addEventListener("recordschanged", () => void showDetails());
}

async function open(address) {
  const dialog = document.createElement("dialog");
  dialog.className = "edit-dialog";
  dialog.setAttribute("aria-label", "Edit");
  dialog.append(await formFrom(await fetch(address)));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target.closest?.("a[data-cancel]")) {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    void save(dialog, address, event.target);
  });
  dialog.showModal();
}

async function save(dialog, address, form) {
  const body = new URLSearchParams(new FormData(form));
  const headers = { Accept: "application/json" };
  const response = await fetch(address, { method: "POST", headers, body });
  if (response.status === 422) {
    dialog.replaceChildren(await formFrom(response));
    return;
  }
  dialog.close();
  announceSaved(await response.json());
}

async function formFrom(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector("[data-form]");
}

/** Shows the record's fields as they are now; components mind their own. */
async function showDetails() {
  const details = document.querySelector("[data-details]");
  if (!details) return;
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-details]");
  if (fresh) details.replaceWith(fresh);
}
