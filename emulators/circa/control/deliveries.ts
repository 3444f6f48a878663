import { formatDelivery } from "../webhooks/format-delivery.ts";
import type { ControlRoute } from "./control-route.ts";

/** The last 500 deliveries, newest first, with their bodies. */
export const getDeliveries: ControlRoute = {
  method: "get",
  path: "/deliveries",
  handle: (circa) => ({
    status: 200,
    body: { data: circa.webhooks.log.newestFirst().map(formatDelivery) },
  }),
};
