import { syncField } from "../operations/sync-field.ts";
import type { Route } from "../route.ts";
import { fieldOf } from "./named-in-path.ts";
import { requireIntegration } from "./require-integration.ts";

/** Answers 204 for a field that isn't synced as well. */
export const deleteFieldCrmSync: Route = {
  method: "DELETE",
  path: "/fields/{key}/crm_sync",
  feature: "field_sync",
  handle: (circa, request) => {
    requireIntegration(request);
    syncField(circa, fieldOf(circa, request), null);
    return { status: 204 };
  },
};
