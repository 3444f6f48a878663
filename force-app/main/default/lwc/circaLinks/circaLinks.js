import { NavigationMixin } from "lightning/navigation";

/**
 * Opens a page of Salesforce without loading all of Lightning anew. The link keeps its address, so
 * that a click with a key held, or the browser's own menu, opens it where the person wants it.
 * @param component whose class has NavigationMixin
 * @param event the click on the link
 * @param page a page reference (Lightning Component Library, "PageReference Types")
 */
export function follow(component, event, page) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  component[NavigationMixin.Navigate](page);
}

/** A page of Set-up, which Salesforce opens in a tab of its own. */
export function setupPage(url) {
  return { type: "standard__webPage", attributes: { url } };
}
