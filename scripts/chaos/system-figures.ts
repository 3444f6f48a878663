/** What the run has cost both systems. */
import { z } from "zod";
import { send } from "./people.ts";
import type { World } from "./world.ts";

export interface SystemFigures {
  /** Calls of the middleware; people's edits and the stream's polls are left out. */
  readonly salesforceCalls: number;
  readonly circaCalls: number;
  /** Writes of the middleware to one record while another was not answered yet. */
  readonly overlappingWrites: number;
  /** Webhooks that Circa has sent, or has had to send again. */
  readonly webhookAttempts: number;
  readonly webhooksGivenUp: number;
}

const salesforceSchema = z.looseObject({
  requests: z.record(z.string(), z.number()),
  overlappingWrites: z.number(),
});
const circaSchema = z.looseObject({
  requests: z.looseObject({
    by_caller: z.record(z.string(), z.record(z.string(), z.number())),
    overlapping_writes: z.number(),
  }),
  webhooks: z.looseObject({ attempts: z.number(), failed: z.number() }),
});

export async function readSystemFigures({ salesforce, circa }: World): Promise<SystemFigures> {
  const ours = salesforceSchema.parse(await send(`${salesforce.url}/emulator/stats`, "", "GET"));
  const theirs = circaSchema.parse(await send(`${circa.url}/emulator/stats`, "", "GET"));
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((all, count) => all + count, 0);
  const others = new Set(["cometd", "row.PATCH"]);
  const calls = Object.entries(ours.requests).filter(([kind]) => !others.has(kind));
  return {
    salesforceCalls: sum(Object.fromEntries(calls)),
    circaCalls: sum(theirs.requests.by_caller["integration"] ?? {}),
    overlappingWrites: ours.overlappingWrites + theirs.requests.overlapping_writes,
    webhookAttempts: theirs.webhooks.attempts,
    webhooksGivenUp: theirs.webhooks.failed,
  };
}
