import type { Route } from "../route.ts";
import { endpointOf } from "./named-in-path.ts";

export const deleteWebhook: Route = {
  method: "DELETE",
  path: "/webhooks/{id}",
  feature: "webhooks",
  handle: (circa, request) => {
    circa.webhooks.endpoints.delete(endpointOf(circa, request).id);
    return { status: 204 };
  },
};
