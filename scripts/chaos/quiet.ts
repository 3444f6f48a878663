/** Waits until no system has anything left to do. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { NodeProcess } from "./node-process.ts";
import { send } from "./people.ts";
import type { World } from "./world.ts";

export interface Quiet {
  /** Seconds until nothing was left; null when that never came. */
  readonly quietAfterSeconds: number | null;
  /** Missed changes that the last sweep found; null without one. */
  readonly missed: number | null;
}

const statusSchema = z.looseObject({
  /** null while the database is away, as the next one. */
  backlog: z.looseObject({ due: z.number(), later: z.number() }).nullable(),
  stream: z.looseObject({ state: z.string() }),
  links: z.number().nullable(),
  mappings: z.looseObject({ readAt: z.number().nullable() }),
});
const circaSchema = z.looseObject({ webhooks: z.looseObject({ pending: z.number() }) });
const sweepSchema = z.looseObject({ missed: z.number() });

/** Circa's next attempt may be minutes away; what it would tell is the sweep's to find. */
const waitForWebhooksMs = 45_000;

/** @param sweep one at the end, as one comes by itself in an hour at the most */
export async function untilQuiet(
  world: World,
  nodes: readonly NodeProcess[],
  { withinMs, sweep }: { readonly withinMs: number; readonly sweep: boolean },
): Promise<Quiet> {
  const startedAt = performance.now();
  const passed = () => performance.now() - startedAt;
  let missed: number | null = null;
  let swept = !sweep;
  while (passed() < withinMs) {
    await sleep(250);
    const calm = await isCalm(world, nodes).catch(() => false);
    if (!calm) continue;
    if ((await pendingWebhooks(world)) > 0 && passed() < waitForWebhooksMs) continue;
    if (swept) return { quietAfterSeconds: Math.round(passed() / 1_000), missed };
    const found = await ask(world, nodes[0], "POST", "/api/sweep").catch(() => null);
    const read = sweepSchema.safeParse(found);
    if (!read.success) continue;
    missed = read.data.missed;
    swept = true;
  }
  return { quietAfterSeconds: null, missed };
}

async function isCalm(world: World, nodes: readonly NodeProcess[]): Promise<boolean> {
  const all = await Promise.all(nodes.map((node) => ask(world, node, "GET", "/api/status")));
  const read = all.map((status) => statusSchema.parse(status));
  const streams = read.some(({ stream }) => stream.state === "subscribed");
  return (
    streams &&
    read.every(
      ({ backlog, links, mappings }) =>
        backlog?.due === 0 && backlog.later === 0 && (links ?? 0) > 0 && mappings.readAt !== null,
    )
  );
}

async function pendingWebhooks({ circa }: World): Promise<number> {
  const stats = await send(`${circa.url}/emulator/stats`, "", "GET");
  return circaSchema.parse(stats).webhooks.pending;
}

function ask(
  { adminToken }: World,
  node: NodeProcess | undefined,
  method: string,
  path: string,
): Promise<unknown> {
  return send(`http://127.0.0.1:${node?.port ?? 0}${path}`, adminToken, method);
}
