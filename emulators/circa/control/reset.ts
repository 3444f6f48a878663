import { z } from "zod";
import type { Circa } from "../circa.ts";
import { loadSeed } from "../load-seed.ts";
import { readBody } from "../read-body.ts";
import { seedBody } from "../seed.ts";
import { defaultSettings } from "../settings.ts";
import type { ControlRoute } from "./control-route.ts";

const resetBody = z.strictObject({
  /** Also forgets the webhook endpoints. */
  webhooks: z.boolean().default(false),
});

/** Back to the seed: no locks, faults, counts or deliveries; settings as at the start. */
export const postReset: ControlRoute = {
  method: "post",
  path: "/reset",
  handle: (circa, body) => {
    const { webhooks } = readBody(resetBody, body);
    startOver(circa);
    if (webhooks) circa.webhooks.endpoints.clear();
    return { status: 204 };
  },
};

/** Replaces the seed and goes back to it. */
export const postSeed: ControlRoute = {
  method: "post",
  path: "/seed",
  handle: (circa, body) => {
    circa.seed = readBody(seedBody, body);
    startOver(circa);
    return { status: 200, body: { events: circa.store.events.size } };
  },
};

function startOver(circa: Circa): void {
  loadSeed(circa.store, circa.seed, circa.now(), circa.actors.person.person);
  circa.webhooks.reset();
  circa.faults.clear();
  circa.stats.clear();
  circa.settings = defaultSettings;
}
