/** Icons as inline SVG, drawn with the text's colour. */
import { Html, html } from "../../html.ts";

const shapes = {
  lock: '<rect x="4" y="9" width="12" height="8" rx="2"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>',
  arrowRight: '<path d="M4 10h12m-4-4 4 4-4 4"/>',
  external: '<path d="M8 5H5v10h10v-3M11 4h5v5m0-5-7 7"/>',
  check: '<circle cx="10" cy="10" r="7"/><path d="m7 10.2 2.1 2.1L13.2 8"/>',
  clock: '<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.6 1.8"/>',
  warning: '<path d="M10 3.5 17.5 16h-15zM10 8.5v3.2m0 2.1v.1"/>',
  unlinked: '<path d="M8 12a3 3 0 0 1 0-4l1-1m3 1a3 3 0 0 1 0 4l-1 1M4 4l12 12"/>',
  calendar:
    '<rect x="3.5" y="4.5" width="13" height="12" rx="2"/><path d="M3.5 8.5h13M7 3v3m6-3v3"/>',
  pin: '<path d="M10 17s5-4.6 5-8.5a5 5 0 0 0-10 0C5 12.4 10 17 10 17z"/><circle cx="10" cy="8.5" r="1.7"/>',
  team: '<circle cx="7.5" cy="7.5" r="2.5"/><path d="M3 16c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4m.5-10.8a2.5 2.5 0 0 1 0 4.6M14.5 12.4c1.5.6 2.5 1.8 2.5 3.6"/>',
  plus: '<path d="M10 4.5v11M4.5 10h11"/>',
  trash: '<path d="M4 6h12M8 6V4h4v2m-6.5 0 .7 10h7.6l.7-10"/>',
} as const;
export type IconName = keyof typeof shapes;

const drawing = (name: IconName) => new Html(shapes[name]);

/** An icon beside words that say the same. */
export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${drawing(name)}</svg>`;
}

/** An icon that stands for words: screen readers say them, and pointing at it shows them. */
export function namedIcon(name: IconName, label: string): Html {
  return html`<svg class="icon icon-${name}" viewBox="0 0 20 20" role="img" aria-label="${label}">
    <title>${label}</title>
    ${drawing(name)}
  </svg>`;
}
