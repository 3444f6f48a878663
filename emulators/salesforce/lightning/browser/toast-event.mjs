/* global CustomEvent */
export const ShowToastEventName = "lightning__showtoast";

/** `lightning/platformShowToastEvent`: caught by the page, which shows it. */
export class ShowToastEvent extends CustomEvent {
  constructor(toast) {
    super(ShowToastEventName, { composed: true, cancelable: true, bubbles: true, detail: toast });
  }
}
