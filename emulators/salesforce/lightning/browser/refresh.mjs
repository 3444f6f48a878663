/* global CustomEvent */
/** `lightning/refresh`: enough for a component to say that the page's data is old. */
export class RefreshEvent extends CustomEvent {
  constructor() {
    super("force__refreshview", { bubbles: true, composed: true, cancelable: true });
  }
}

export function registerRefreshHandler() {
  return 0;
}

export function unregisterRefreshHandler() {}
