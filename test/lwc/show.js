import { setImmediate } from "node:timers";
import { createElement } from "lwc";

/** Puts a component on the page, with properties. */
export function show(name, Component, properties = {}) {
  const element = createElement(name, { is: Component });
  Object.assign(element, properties);
  document.body.append(element);
  return element;
}

/** Lets answered promises and the rendering after them happen. */
export async function settled() {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

/** All elements that fit, also inside child components. */
export function all(root, selector) {
  const own = [...root.querySelectorAll(selector)];
  const inner = [...root.querySelectorAll("*")].flatMap((element) =>
    element.shadowRoot ? all(element.shadowRoot, selector) : [],
  );
  return [...own, ...inner];
}

/** The only element that fits, also inside child components. */
export function one(root, selector) {
  const found = all(root.shadowRoot ?? root, selector);
  if (found.length !== 1) throw new Error(`${found.length} elements fit ${selector}.`);
  return found[0];
}

/** Everything that can be read, also inside child components. */
export function textOf(root) {
  return [...(root.shadowRoot?.childNodes ?? []), ...root.childNodes]
    .map((node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.textContent;
      return node.nodeType === Node.ELEMENT_NODE ? textOf(node) : "";
    })
    .join(" ")
    .replaceAll(/\s+/g, " ");
}
