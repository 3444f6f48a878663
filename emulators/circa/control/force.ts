import { z } from "zod";
import { notFound } from "../errors.ts";
import { commitEdit } from "../operations/commit-edit.ts";
import { editEvent } from "../operations/edit-event.ts";
import { readBody } from "../read-body.ts";
import { answerEvent } from "../routes/answer-event.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { ControlRoute } from "./control-route.ts";

const bodySchema = z.strictObject({
  event_id: z.string(),
  /** As in PATCH: standard fields by name, custom ones in `custom_fields`. */
  changes: z.record(z.string(), z.unknown()).default({}),
  /** Values by field key, stored unchecked: what Circa should never hold, to see who copes. */
  raw: z.record(z.string(), z.unknown()).default({}),
});

/** A person's edit past locks and read-only fields, as an old client or the budget would make it. */
export const postForce: ControlRoute = {
  method: "post",
  path: "/force",
  handle: (circa, body) => {
    const { event_id: eventId, changes, raw } = readBody(bodySchema, body);
    const event = circa.store.events.get(eventId);
    if (!event) throw notFound(`There is no Event ${eventId}`);
    const actor = circa.actors.person;
    const edited = editEvent(circa, event, changes, { actor, ignoreLocks: true });
    const values = new Map(Object.entries(raw) as [string, FieldValue][]);
    const row = commitEdit(circa, edited, { values, teamId: undefined, refusals: [] }, actor);
    return answerEvent(circa, row);
  },
};
