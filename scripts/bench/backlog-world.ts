/** Both emulators with many links, what their webhooks say, and when all of it has arrived. */
import { z } from "zod";
import { startEmulators } from "../../emulators/start.ts";
import { waitUntil } from "../../emulators/wait-until.ts";
import { middlewareSettings } from "../support/middleware-settings.ts";
import type { WebhookSource } from "./send-webhooks.ts";

export interface BacklogWorld extends WebhookSource {
  readonly environment: Record<string, string>;
  readonly salesforceUrl: string;
  readonly setDelays: (delayMs: number, perRecordDelayMs: number) => Promise<void>;
  /** Salesforce answers 503 to everything until `bringBack`. */
  readonly takeDown: () => Promise<void>;
  readonly bringBack: () => Promise<void>;
  /** Takes the Events as they are now for what the webhooks say. */
  readonly readEvents: () => Promise<void>;
  /** Waits until the middleware takes Salesforce for down, and returns when it did. */
  isDown(middlewareUrl: string): Promise<number>;
  /** Waits until the middleware has had an answer of Salesforce again, and returns when it had. */
  isUp(middlewareUrl: string): Promise<number>;
  /** Waits until nothing is due. */
  settled(middlewareUrl: string): Promise<void>;
  /** Writes of several Campaigns so far. */
  writeCalls(): Promise<number>;
  /** Waits until each Campaign has the value of that edit, and returns when the last one did. */
  allArrived(edit: number): Promise<number>;
  close(): Promise<void>;
}

const deadlineMs = 600_000;
/** For a link's first contact, at the most; it takes 8 ms on two cores with both emulators beside it. */
const firstContactMs = 20;
const forEver = 1_000_000_000;
const locationOf = (edit: number) => `Hall ${edit}`;

export async function backlogWorld(links: number): Promise<BacklogWorld> {
  const emulators = await startEmulators({ links });
  const { salesforce, circa } = emulators;
  const settings = middlewareSettings(emulators);
  const { adminToken, webhookSecret } = settings;
  const control = async (path: string, body: unknown) => {
    const url = `${salesforce.url}/emulator${path}`;
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`);
  };
  const status = async (middlewareUrl: string) => {
    const answer = await fetch(`${middlewareUrl}/api/status`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    return statusSchema.parse(await answer.json());
  };
  let events: Record<string, unknown>[] = [];
  return {
    webhookSecret,
    events: links,
    async readEvents() {
      events = await eventsOf(circa.api, circa.person.apiKey);
    },
    salesforceUrl: salesforce.url,
    environment: settings.environment({ LOG_LEVEL: "info" }),
    webhookBody(event, edit) {
      const state = events[event] ?? {};
      const version = Number(state["version"] ?? 1) + edit;
      const data = { ...state, version, location: locationOf(edit) };
      return JSON.stringify({ type: "event.updated", timestamp: new Date().toISOString(), data });
    },
    setDelays: (delayMs, perRecordDelayMs) => control("/delays", { delayMs, perRecordDelayMs }),
    takeDown: () =>
      control("/faults", {
        faults: [
          { name: "unavailable", times: forEver },
          { name: "respond", status: 503, body: "down", contentType: "text/plain", times: forEver },
          { name: "killSockets" },
        ],
      }),
    bringBack: () => control("/faults", { clear: true }),
    async isDown(middlewareUrl) {
      await waitUntil({
        wanted: "Salesforce to count as down",
        read: async () => (await status(middlewareUrl)).systems.salesforce.failures,
        holds: (failures) => failures >= 9,
        deadlineMs,
        everyMs: 250,
      });
      return Date.now();
    },
    async isUp(middlewareUrl) {
      await waitUntil({
        wanted: "Salesforce to be called again",
        read: async () => (await status(middlewareUrl)).systems.salesforce.state,
        holds: (state) => state === "closed",
        deadlineMs,
        everyMs: 50,
      });
      return Date.now();
    },
    async settled(middlewareUrl) {
      await waitUntil({
        wanted: `nothing to be due over ${links} links`,
        read: () => status(middlewareUrl),
        holds: (now) => now.links >= links && now.backlog.due + now.backlog.later === 0,
        deadlineMs: Math.max(deadlineMs, links * firstContactMs),
        everyMs: 250,
      });
    },
    async writeCalls() {
      const answer = await fetch(`${salesforce.url}/emulator/stats`);
      return statsSchema.parse(await answer.json()).requests["collections.PATCH"] ?? 0;
    },
    async allArrived(edit) {
      await waitUntil({
        wanted: "each Campaign to have the newest value",
        read: () => {
          const rows = [...salesforce.org.store.rows("Campaign")];
          const there = rows.filter((row) => row["Circa_Location__c"] === locationOf(edit));
          return Promise.resolve(there.length);
        },
        holds: (there) => there >= links,
        deadlineMs,
        everyMs: 100,
      });
      return Date.now();
    },
    async close() {
      await emulators.close();
      settings.removeFolder();
    },
  };
}

const statsSchema = z.looseObject({ requests: z.record(z.string(), z.number()) });
const statusSchema = z.looseObject({
  links: z.number(),
  backlog: z.object({ due: z.number(), later: z.number() }),
  systems: z.looseObject({
    salesforce: z.looseObject({ failures: z.number(), state: z.string() }),
  }),
});

async function eventsOf(api: string, apiKey: string): Promise<Record<string, unknown>[]> {
  const page = z.object({ data: z.array(z.record(z.string(), z.unknown())) });
  const all: Record<string, unknown>[] = [];
  for (let number = 1; ; number += 1) {
    const answer = await fetch(`${api}/events?page=${number}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    const { data } = page.parse(await answer.json());
    all.push(...data.filter((event) => typeof event["salesforce_campaign_id"] === "string"));
    if (data.length < 25) return all;
  }
}
