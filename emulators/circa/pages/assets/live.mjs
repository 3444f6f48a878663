/* global document, location, fetch, setTimeout, DOMParser, HTMLSelectElement */
/**
 * Keeps a page current: fetches it again every two seconds and puts in what differs, but never
 * where a person is typing or has typed. The page works without it.
 */
const pollMs = 2_000;
const news = document.querySelector("#live-news");
const lastFromServer = new Map(
  [...document.querySelectorAll("[data-live]")].map((element) => [element.id, element.outerHTML]),
);

function isTouched(control) {
  if (control.type === "hidden") return false;
  if (control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (control instanceof HTMLSelectElement) {
    const chosen = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(chosen, 0);
  }
  return control.value !== control.defaultValue;
}

function isInUse(element) {
  return (
    element.contains(document.activeElement) ||
    element.querySelector("details[open]") !== null ||
    [...element.querySelectorAll("input, select, textarea")].some(isTouched)
  );
}

/** That only the clock has moved on is no news. */
const withoutTimes = (markup) => markup.replaceAll(/<time .*?<\/time>/gs, "");

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href);
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const changed = [];
  for (const now of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(now.id);
    const before = lastFromServer.get(now.id) ?? "";
    if (!next || next.outerHTML === before || isInUse(now)) continue;
    const markup = next.outerHTML;
    lastFromServer.set(now.id, markup);
    now.replaceWith(next);
    if (withoutTimes(markup) === withoutTimes(before)) continue;
    next.classList.add("just-changed");
    if (next.dataset.live) changed.push(next.dataset.live);
  }
  if (changed.length > 0) news.textContent = `Updated: ${changed.join(", ")}`;
}

async function keepCurrent() {
  try {
    await refresh();
  } catch {
    // The server is away; the next look may find it again.
  }
  setTimeout(keepCurrent, pollMs);
}

setTimeout(keepCurrent, pollMs);
