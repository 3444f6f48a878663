/** The middleware's own API, as far as the demo reads it. */
import { z } from "zod";
import type { ReadyLine } from "./ready-line.ts";
import { createHttpClient } from "./story/http.ts";

const change = z.looseObject({
  id: z.number(),
  at: z.union([z.string(), z.number()]),
  eventId: z.string(),
  eventName: z.string().nullish(),
  fieldLabel: z.string().nullish(),
  fieldKey: z.string(),
  campaignField: z.string(),
  direction: z.enum(["to_salesforce", "from_salesforce"]),
  oldValue: z.unknown(),
  newValue: z.unknown(),
  cause: z.string().nullish(),
  latencyMs: z.number().nullish(),
  note: z.string().nullish(),
});
/** One field written, as the middleware keeps it. */
export type Change = z.infer<typeof change>;

const changes = z.looseObject({ changes: z.array(change) });
const sweep = z.looseObject({ missed: z.number(), unsettled: z.number() });

export interface AdminApi {
  /** Changes after the one with that id, oldest first. */
  changesAfter(id: number): Promise<readonly Change[]>;
  /**
   * Runs the sweep now; answers how many links differed without a notification, and how
   * many of them are so young that one may still come.
   */
  sweep(): Promise<{ readonly missed: number; readonly unsettled: number }>;
}

export function createAdminApi({ url, adminToken }: ReadyLine["middleware"]): AdminApi {
  const http = createHttpClient(url, adminToken);
  return {
    changesAfter: async (id) =>
      changes.parse(await http.send("GET", `/api/changes?after=${id}&limit=200`)).changes,
    sweep: async () => sweep.parse(await http.send("POST", "/api/sweep", {})),
  };
}
