/* global document */
import { createElement } from "lwc";
import { showToasts } from "./toasts.mjs";
import { editInPlace } from "./edit-in-place.mjs";

/**
 * Puts the page's components where it wants them: `<div data-component="name" data-properties="{…}">`.
 * @param {Record<string, () => Promise<{default: unknown}>>} components
 */
export function startPage(components) {
  showToasts();
  editInPlace();
  for (const place of document.querySelectorAll("[data-component]")) {
    void fill(place, components[place.dataset.component]);
  }
}

async function fill(place, load) {
  const { default: Component } = await load();
  const name = place.dataset.component.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const element = createElement(`c-${name}`, { is: Component });
  Object.assign(element, JSON.parse(place.dataset.properties ?? "{}"));
  place.append(element);
}
