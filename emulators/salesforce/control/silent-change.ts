import { z } from "zod";
import type { Org } from "../data/org.ts";
import { toId18 } from "../data/ids.ts";
import { NoSuchThing } from "./setup-changes.ts";

export const silentChange = z.strictObject({
  object: z.string().default("Campaign"),
  id: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/**
 * Gives a record other values without a save: no trigger runs and no audit field moves unless it
 * is given. So a formula changes whose other record has changed, and a clock that was wrong dates.
 */
export function setSilently(org: Org, { object, id, values }: z.infer<typeof silentChange>): void {
  const row = org.store.get(object, toId18(id) ?? "");
  if (!row) throw new NoSuchThing(`${object} has no record ${id}.`);
  org.store.put(object, { ...row, ...values });
  org.store.commit();
}
