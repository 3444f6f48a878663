/** Circa's API: the calls that the sync makes, each typed, timed and with its errors classified. */
import pLimit from "p-limit";
import { z } from "zod";
import { oneLine } from "../../model/answers/words.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Config } from "../../runtime/config.ts";
import { SystemError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { PicklistValue } from "../../model/fields.ts";
import type { CircaEvent } from "../../model/records.ts";
import type { Circuit } from "../circuit/circuit.ts";
import { SystemTime } from "../http/system-time.ts";
import { outboundFetch } from "../http/outbound-fetch.ts";
import { callCirca, type CircaAnswer } from "./call.ts";
import { PassedOver, type PassedOverEvent } from "./passed-over.ts";
import { eventSchema, fieldSchema, type FieldWithSync, endpointSchema } from "./schemas.ts";

/** Circa's page size; a shorter page is the last one (circa.md, public connectors). */
const pageSize = 25;
/** Rate limits are not published: few at once, so that a backlog does not run into them. */
const callsAtOnce = 8;

/** An Event with the JSON it came as, which is what we store. */
export interface EventAnswer {
  readonly event: CircaEvent;
  readonly body: unknown;
}

export interface CrmSync {
  readonly direction: "to_salesforce" | "from_salesforce";
  readonly campaignField: string;
  /** null for fields without an option list. */
  readonly options: readonly Pick<PicklistValue, "value" | "label">[] | null;
}

export interface CrmSyncStatus {
  readonly state: "in_sync" | "pending" | "attention";
  readonly problems: readonly { field: string | null; message: string; hint: string }[];
  /** Milliseconds since the epoch; null when never. */
  readonly syncedAt: number | null;
}

/** Where a list is read from, and how many of its pages are asked for at once. */
export interface PagesFrom {
  /** Counted from 1. @default 1 */
  readonly fromPage?: number;
  /**
   * Once a full page has come, so that a short list costs one call. Up to so many calls less one
   * are made for nothing behind the last page. @default 1
   */
  readonly pagesAtOnce?: number;
}

export interface CircaClient {
  /** @returns null when Circa has no such Event. */
  readEvent(eventId: string): Promise<EventAnswer | null>;
  /** Events whose `updated_at` is at or after `sinceMs`, page by page. */
  changedEvents(sinceMs: number, from?: PagesFrom): AsyncGenerator<readonly EventAnswer[]>;
  /**
   * Writes fields of one Event. With `version`, only if the Event is still at it.
   * @throws SystemError `conflict` when it has moved on, `rejected` naming the refused fields,
   * `not_found` when it is gone.
   */
  writeEvent(
    eventId: string,
    values: Readonly<Record<string, unknown>>,
    options: { readonly customKeys: ReadonlySet<string>; readonly version: number | null },
  ): Promise<EventAnswer>;
  fields(): Promise<FieldWithSync[]>;
  teamIds(): Promise<string[]>;
  /** "gone": Circa shows the sync state of other Events; "unsupported": of none so far. */
  putSyncStatus(eventId: string, status: CrmSyncStatus): Promise<"shown" | "gone" | "unsupported">;
  /** The rest return false when this Circa does not have the sync contract's endpoint. */
  putFieldSync(fieldKey: string, sync: CrmSync): Promise<boolean>;
  removeFieldSync(fieldKey: string): Promise<boolean>;
  /**
   * With `version`, only if the Event is still at it.
   * @param campaignId null disconnects
   * @throws SystemError `conflict`: status 412 when it has moved on, 409 when another Event has the
   * Campaign
   */
  connectCampaign(
    eventId: string,
    campaignId: string | null,
    version: number | null,
  ): Promise<boolean>;
  /** @returns null when this Circa has no webhooks */
  webhookEndpoints(): Promise<readonly WebhookEndpoint[] | null>;
  /** Circa's own time, in milliseconds since the epoch. */
  now(): number;
  /** Events of its lists that are left out. */
  passedOver(): readonly PassedOverEvent[];
}

/** Where Circa sends webhooks to. */
export type WebhookEndpoint = z.infer<typeof endpointSchema>;

export interface CircaClientParts {
  readonly config: Config["circa"];
  readonly clock: Clock;
  readonly log: Log;
  readonly circuit: Circuit;
  /** The network, so that tests of timing can put their own in its place. @default the real one */
  readonly fetch?: typeof outboundFetch;
}

export function createCircaClient(parts: CircaClientParts): CircaClient {
  const { log, circuit, fetch = outboundFetch } = parts;
  const time = new SystemTime(parts.clock);
  const passedOver = new PassedOver(parts.clock);
  let showsStatus = false;
  const limit = pLimit(callsAtOnce);
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    limit(() =>
      circuit.run(
        () => callCirca({ ...parts, fetch, time }, method, path, body, headers),
        /^\/events\/[^/?]+/.exec(path)?.[0],
      ),
    );

  /** No id holds half of a character; with one in its place the address would be none. */
  const inPath = (id: string) => encodeURIComponent(id.replace(/\p{Cs}/gu, "\ufffd"));
  const readPage = async (path: string, filter: Record<string, string>, page: number) => {
    const query = new URLSearchParams({ ...filter, page: String(page) });
    const answer = await call("GET", `${path}?${query.toString()}`);
    const list = listSchema.safeParse(answer.body);
    if (list.success && !answer.absent) return list.data.data;
    throw otherShape(`GET ${path}`, "no list", true);
  };
  async function* pages(path: string, filter: Record<string, string>, from: PagesFrom = {}) {
    const { fromPage = 1, pagesAtOnce = 1 } = from;
    const asked: Promise<unknown[]>[] = [];
    let next = fromPage;
    const ask = () => {
      const page = readPage(path, filter, next);
      // A reader that has stopped does not notice.
      page.catch(() => undefined);
      asked.push(page);
      next += 1;
    };
    ask();
    for (let page = asked.shift(); page !== undefined; page = asked.shift()) {
      const bodies = await page;
      const isLast = bodies.length < pageSize;
      // While these are taken, the next are on their way.
      while (!isLast && asked.length < pagesAtOnce) ask();
      yield bodies;
      if (isLast) return;
    }
  }
  /** One odd row of a list never holds back the others. */
  const skipped = (what: string, body: unknown, error: z.ZodError) => {
    const id = z.looseObject({ id: z.string() }).safeParse(body).data?.id ?? "without an id";
    const fault = oneLine(z.prettifyError(error));
    log.warn({ id, fault }, `${what} of an unexpected shape is passed over`);
    return { id, fault };
  };
  const toEvent = (eventId: string, answer: CircaAnswer): EventAnswer => {
    const body = unwrap(answer.body);
    const event = eventSchema.safeParse(body);
    if (event.success && event.data.id === eventId) return { event: event.data, body };
    throw otherShape(`Event ${eventId}`, "not that Event", false);
  };
  const done = (answer: CircaAnswer) => {
    // Either nothing, or the record as it is now.
    const body = unwrap(answer.body);
    if (answer.absent || body === undefined || recordSchema.safeParse(body).success) {
      return !answer.absent;
    }
    throw otherShape("write", "no record", false);
  };

  return {
    async readEvent(eventId) {
      const answer = await call("GET", `/events/${inPath(eventId)}`);
      return answer.absent ? null : toEvent(eventId, answer);
    },

    async *changedEvents(sinceMs, from) {
      const since = new Date(sinceMs).toISOString().replace(/\.\d{3}Z$/, "Z");
      for await (const bodies of pages("/events", { "updated_at[min]": since }, from)) {
        yield bodies.flatMap((body): EventAnswer[] => {
          const event = eventSchema.safeParse(body);
          if (event.success) return [{ event: event.data, body }];
          const { id, fault } = skipped("an Event", body, event.error);
          passedOver.note(id, fault);
          return [];
        });
      }
    },

    async writeEvent(eventId, values, { customKeys, version }) {
      const entries = Object.entries(values);
      const custom = entries.filter(([key]) => customKeys.has(key));
      const body = {
        ...Object.fromEntries(entries.filter(([key]) => !customKeys.has(key))),
        ...(custom.length > 0 ? { custom_fields: Object.fromEntries(custom) } : {}),
      };
      const path = `/events/${inPath(eventId)}`;
      const answer = await call("PATCH", path, body, ifAt(version));
      if (answer.absent) {
        throw new SystemError("circa", "not_found", `Circa PATCH ${path}: no such Event`);
      }
      return toEvent(eventId, answer);
    },

    async fields() {
      const fields: FieldWithSync[] = [];
      for await (const bodies of pages("/fields", { fields_for: "Event" })) {
        for (const body of bodies) {
          const field = fieldSchema.safeParse(body);
          if (field.success) fields.push(field.data);
          else skipped("a field", body, field.error);
        }
      }
      return fields;
    },

    async teamIds() {
      const ids: string[] = [];
      for await (const bodies of pages("/teams", {})) {
        for (const body of bodies) {
          const team = recordSchema.safeParse(body);
          if (!team.success) throw otherShape("GET /teams", "no list of teams", true);
          ids.push(team.data.id);
        }
      }
      return ids;
    },

    async putFieldSync(fieldKey, sync) {
      const body = {
        provider: "salesforce",
        direction: sync.direction,
        campaign_field: sync.campaignField,
        options: sync.options,
      };
      return done(await call("PUT", `/fields/${inPath(fieldKey)}/crm_sync`, body));
    },

    async removeFieldSync(fieldKey) {
      return done(await call("DELETE", `/fields/${inPath(fieldKey)}/crm_sync`));
    },

    async connectCampaign(eventId, campaignId, version) {
      const path = `/events/${inPath(eventId)}/salesforce_campaign`;
      return done(await call("PUT", path, { campaign_id: campaignId }, ifAt(version)));
    },

    async putSyncStatus(eventId, status) {
      const path = `/events/${inPath(eventId)}/crm_sync_status`;
      const syncedAt = status.syncedAt === null ? null : new Date(status.syncedAt).toISOString();
      const body = { state: status.state, problems: status.problems, synced_at: syncedAt };
      const shown = done(await call("PUT", path, body));
      showsStatus ||= shown;
      if (shown) return "shown";
      return showsStatus ? "gone" : "unsupported";
    },

    async webhookEndpoints() {
      const answer = await call("GET", "/webhooks");
      if (answer.absent) return null;
      const list = listSchema.safeParse(answer.body);
      if (!list.success) throw otherShape("GET /webhooks", "no list", true);
      return list.data.data.flatMap((body): WebhookEndpoint[] => {
        const endpoint = endpointSchema.safeParse(body);
        return endpoint.success ? [endpoint.data] : [];
      });
    },

    now: () => time.now(),
    passedOver: () => passedOver.list(),
  };
}

const listSchema = z.object({ data: z.array(z.unknown()) });

/**
 * Circa said 200 and something else than was asked for: of this call nothing is known.
 * @param systemWide no record can be to blame
 */
function otherShape(where: string, what: string, systemWide: boolean): SystemError {
  return new SystemError("circa", "retry", `Circa ${where}: the answer is ${what}`, { systemWide });
}

const recordSchema = z.looseObject({ id: z.string() });

/** Single resources come bare or as `{"data": …}`; public connectors show both. */
function unwrap(body: unknown): unknown {
  const wrapped = z.object({ data: recordSchema }).safeParse(body);
  return wrapped.success ? wrapped.data.data : body;
}

const ifAt = (version: number | null): Record<string, string> =>
  version === null ? {} : { "if-match": `"${version}"` };
