/* global location, URLSearchParams, window */
/** `lightning/navigation` for the few kinds of page that the emulator has. */

function addressOf({ type, attributes = {}, state = {} }) {
  const query = new URLSearchParams(state).toString();
  const withQuery = (path) => (query ? `${path}?${query}` : path);
  switch (type) {
    case "standard__recordPage": {
      const object = attributes.objectApiName ?? "Campaign";
      const action = attributes.actionName ?? "view";
      return withQuery(`/lightning/r/${object}/${attributes.recordId}/${action}`);
    }
    case "standard__navItemPage":
      return withQuery(`/lightning/n/${attributes.apiName}`);
    case "standard__objectPage":
      return withQuery(`/lightning/o/${attributes.objectApiName}/${attributes.actionName}`);
    case "standard__webPage":
      return attributes.url;
    default:
      throw new Error(`The emulator has no page of the type ${type}.`);
  }
}

const Navigate = Symbol("Navigate");
const GenerateUrl = Symbol("GenerateUrl");

export function NavigationMixin(Base) {
  return class extends Base {
    [Navigate](page, isReplacing = false) {
      const address = addressOf(page);
      if (page.type === "standard__webPage") window.open(address, "_blank", "noopener");
      else if (isReplacing) location.replace(address);
      else location.assign(address);
    }

    [GenerateUrl](page) {
      return Promise.resolve(addressOf(page));
    }
  };
}
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

/** Wired: the page that is shown. */
export class CurrentPageReference {
  #emit;

  constructor(dataCallback) {
    this.#emit = dataCallback;
  }

  connect() {
    const [, , kind, name, id] = location.pathname.split("/");
    const state = Object.fromEntries(new URLSearchParams(location.search));
    if (kind === "r") {
      const attributes = { objectApiName: name, recordId: id, actionName: "view" };
      this.#emit({ type: "standard__recordPage", attributes, state });
    } else {
      this.#emit({ type: "standard__navItemPage", attributes: { apiName: name }, state });
    }
  }

  update() {}

  disconnect() {}
}
