import type { Route } from "../route.ts";
import { formatEndpoint } from "../webhooks/format-endpoint.ts";

export const listWebhooks: Route = {
  method: "GET",
  path: "/webhooks",
  feature: "webhooks",
  handle: (circa) => ({
    status: 200,
    body: { data: [...circa.webhooks.endpoints.values()].map(formatEndpoint) },
  }),
};
