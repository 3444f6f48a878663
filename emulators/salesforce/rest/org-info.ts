import { Router } from "express";
import type { StreamingContext } from "../streaming/streaming-context.ts";
import { type RestContext, textParameter, userIdOf, versionOf } from "./rest-context.ts";

const releaseLabels: Readonly<Record<string, string>> = {
  "59.0": "Winter '24",
  "60.0": "Spring '24",
  "61.0": "Summer '24",
  "62.0": "Winter '25",
  "63.0": "Spring '25",
  "64.0": "Summer '25",
  "65.0": "Winter '26",
  "66.0": "Spring '26",
};

/** The versions that the org offers, oldest first. */
export function versionList(newest: string): object[] {
  const last = Number(newest);
  return Array.from({ length: 31 }, (_, index) => last - 30 + index).map((number) => {
    const version = `${number}.0`;
    const label = releaseLabels[version] ?? `API ${version}`;
    return { label, url: `/services/data/v${version}`, version };
  });
}

/** What there is under a version, and how much of the day's allowance is left. */
export function orgInfoRoutes(
  context: RestContext & { readonly streaming: StreamingContext },
): Router {
  const router = Router({ mergeParams: true });
  router.get("/", (request, response) => {
    const base = `/services/data/v${versionOf(request)}`;
    const names = [
      ...["limits", "query", "queryAll", "sobjects", "composite", "ui-api", "tooling"],
      ...["metadata", "jobs"],
    ];
    const identity = `${context.url()}/id/${context.identity.orgId}/${userIdOf(response)}`;
    const links = Object.fromEntries(names.map((name) => [name, `${base}/${name}`]));
    response.json({ ...links, identity });
  });
  router.get("/limits/recordCount", (request, response) => {
    const access = context.org.accessOf(userIdOf(response));
    const asked = textParameter(request.query.sObjects).split(",").filter(Boolean);
    const objects = asked.length > 0 ? asked : context.org.schema.objects().map(({ name }) => name);
    const sObjects = objects.flatMap((name) => {
      const object = access.visibleObject(name.trim());
      const rows = object ? [...context.org.store.rows(object.name)] : [];
      const count = rows.filter((row) => row.IsDeleted !== true).length;
      return object && count > 0 ? [{ count, name: object.name }] : [];
    });
    response.json({ sObjects });
  });
  router.get("/limits", (_request, response) => {
    const { options, allocation, sessions } = context.streaming;
    const left = (max: number, used: number) => ({ Max: max, Remaining: Math.max(max - used, 0) });
    response.json({
      DailyApiRequests: left(context.dailyRequestLimit, context.stats.requestCount),
      DailyBulkV2QueryJobs: left(10_000, 0),
      DailyDeliveredPlatformEvents: left(options.dailyDeliveryLimit, allocation.used()),
      DailyDurableStreamingApiEvents: left(options.dailyDeliveryLimit, allocation.used()),
      DurableStreamingApiConcurrentClients: left(options.concurrentClientLimit, sessions.size),
      HourlyPublishedPlatformEvents: left(50_000, context.bus.published),
      StreamingApiConcurrentClients: left(options.concurrentClientLimit, sessions.size),
    });
  });
  return router;
}
