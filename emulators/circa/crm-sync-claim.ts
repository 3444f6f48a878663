import { z } from "zod";

/** What the service that keeps the workspace in sync says of itself. */
export const crmSyncClaim = z.object({
  store_id: z.string().min(1).max(64),
  at: z.iso.datetime({ offset: true }),
  renewals: z.int().nonnegative(),
});
export type CrmSyncClaim = z.infer<typeof crmSyncClaim>;
