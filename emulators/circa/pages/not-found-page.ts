import type { Circa } from "../circa.ts";
import { html, type Html } from "../../html.ts";
import { layout } from "./layout.ts";

export function notFoundPage(circa: Circa): Html {
  return layout(circa, {
    title: "Not found",
    area: "events",
    live: false,
    main: html`<h1>There is no such page</h1>
      <p>The Event may have been deleted. <a href="/events">See all Events</a></p>`,
  });
}
