/* global document, setTimeout */
import { ShowToastEventName } from "./toast-event.mjs";

const shownMs = { dismissible: 4_800, pester: 4_800 };

/** Shows the toasts that components send, in the page's live region. */
export function showToasts() {
  const region = document.getElementById("toasts");
  document.addEventListener(ShowToastEventName, ({ detail }) => {
    region.append(toastOf(detail));
  });
}

function toastOf({ title, message = "", variant = "info", mode = "dismissible", messageData }) {
  const toast = document.createElement("div");
  toast.className = `slds-notify slds-notify_toast slds-theme_${variant}`;
  const content = document.createElement("div");
  content.className = "slds-notify__content";
  const heading = document.createElement("h2");
  heading.className = "slds-text-heading_small";
  heading.textContent = title;
  const text = document.createElement("p");
  text.append(...withLinks(message, messageData ?? []));
  content.append(heading, text);
  const close = document.createElement("button");
  close.className = "slds-button slds-button_icon slds-button_icon-inverse slds-notify__close";
  close.textContent = "✕";
  close.setAttribute("aria-label", `Close: ${title}`);
  close.addEventListener("click", () => toast.remove());
  toast.append(content, close);
  const after = shownMs[mode];
  if (after !== undefined) setTimeout(() => toast.remove(), after);
  return toast;
}

/** `{0}` in the text stands for an entry of the message data: a text, or a link. */
function withLinks(message, data) {
  return message.split(/\{(\d+)\}/).map((part, index) => {
    if (index % 2 === 0) return part;
    const entry = data[Number(part)];
    if (entry?.url === undefined) return String(entry ?? "");
    const link = document.createElement("a");
    link.href = entry.url;
    link.textContent = entry.label;
    return link;
  });
}
