import type { ControlRoute } from "./control-route.ts";

export const getStats: ControlRoute = {
  method: "get",
  path: "/stats",
  handle: (circa) => ({
    status: 200,
    body: {
      requests: circa.stats.describe(),
      webhooks: circa.webhooks.log.counts(),
      events: circa.store.events.size,
    },
  }),
};
