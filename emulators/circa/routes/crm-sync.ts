import { z } from "zod";
import { crmSyncClaim } from "../crm-sync-claim.ts";
import { readBody } from "../read-body.ts";
import type { Route } from "../route.ts";
import { requireIntegration } from "./require-integration.ts";

const bodySchema = z.object({ provider: z.literal("salesforce"), claim: crmSyncClaim.nullable() });

/** Who keeps the workspace in sync, as that service says itself. */
export const getCrmSync: Route = {
  method: "GET",
  path: "/crm_sync",
  feature: "field_sync",
  handle: (circa, request) => {
    requireIntegration(request);
    return { status: 200, body: { provider: "salesforce", claim: circa.claim } };
  },
};

export const putCrmSync: Route = {
  method: "PUT",
  path: "/crm_sync",
  feature: "field_sync",
  handle: (circa, request) => {
    requireIntegration(request);
    const body = readBody(bodySchema, request.body);
    circa.claim = body.claim;
    return { status: 200, body };
  },
};
