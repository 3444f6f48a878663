import type { EventRow } from "../../entities.ts";
import { commitEdit } from "../../operations/commit-edit.ts";
import { planEdit } from "../../operations/plan-edit.ts";
import { eventPage } from "../event-page.ts";
import { readForm } from "../read-form.ts";
import { eventOf } from "./event-of.ts";
import type { PageAnswer, PageRoute } from "./page-route.ts";

/** Saves what was touched, all or none of it; what is refused comes back as it was typed. */
export const saveEvent: PageRoute = {
  method: "post",
  path: "/events/:id",
  handle: (circa, request) => {
    const event = eventOf(circa, request);
    const form = readForm(circa, event, request.body);
    const actor = circa.actors.person;
    const plan = planEdit(circa, event, form.attributes, { actor });
    const refusals = [...plan.refusals, ...form.overtaken];
    if (refusals.length > 0) {
      return { status: 422, page: eventPage(circa, event, { typed: form.typed, refusals }) };
    }
    return goOn(event, commitEdit(circa, event, plan, actor));
  },
};

function goOn(before: EventRow, after: EventRow): PageAnswer {
  const saved = [...after.lastChanges]
    .filter(([, { version }]) => version > before.version)
    .map(([key]) => key);
  const query = saved.length > 0 ? `saved=${saved.join(",")}` : "done=unchanged";
  return { redirect: `/events/${after.id}?${query}` };
}
