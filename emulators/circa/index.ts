/**
 * A local Circa on one port: the public REST API, the sync contract with its webhooks, the pages
 * people use, and handles for tests under `/emulator`. Everything is kept in memory.
 */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import type { Actor, Person } from "./entities.ts";
import type { Circa } from "./circa.ts";
import { serveControl } from "./control/serve-control.ts";
import { Faults } from "./faults/faults.ts";
import { circaId } from "./ids.ts";
import { loadSeed } from "./load-seed.ts";
import { servePages } from "./pages/serve-pages.ts";
import { RequestStats } from "./request-stats.ts";
import type { Seed } from "./seed.ts";
import { serveApi } from "./serve-api.ts";
import { defaultSettings } from "./settings.ts";
import { CircaStore } from "./store.ts";
import { WebhookDispatcher } from "./webhooks/dispatcher.ts";

export type { Seed, SeedEvent, SeedField, SeedPerson, SeedTeam } from "./seed.ts";
export { circaId } from "./ids.ts";

export interface CircaEmulatorOptions {
  /** @default 0, any free port */
  readonly port?: number;
  /** Latency before every API answer. @default 0 */
  readonly delayMs?: number;
  /** Multiplies the waits between webhook attempts (5 s, 30 s, 2 min … 24 h). @default 1 */
  readonly retryScale?: number;
  /** How long a webhook's receiver may take. @default 15_000 */
  readonly webhookTimeoutMs?: number;
  /** Salesforce's address, for links to Campaigns. */
  readonly salesforceUrl?: string;
  /** @default random */
  readonly apiKeys?: { readonly integration: string; readonly person: string };
  /** @default the system's clock */
  readonly now?: () => Date;
}

export interface CircaEmulator {
  /** Where the pages are: `http://127.0.0.1:…`. */
  readonly url: string;
  /** Base URL of the REST API. */
  readonly api: string;
  readonly integration: { readonly apiKey: string };
  /** The key of a person who edits: locks hold for it. */
  readonly person: { readonly apiKey: string };
  /** The workspace behind the HTTP surface, for code that runs in it. */
  readonly circa: Circa;
  /** Replaces the workspace's data, silently: no webhooks. */
  seed(seed: Seed): void;
  close(): Promise<void>;
}

const admin: Person = {
  id: circaId("User", 3_001),
  email: "maya.lindqvist@northlark.example",
  first_name: "Maya",
  last_name: "Lindqvist",
};

const integrationUser: Person = {
  id: circaId("User", 2_999),
  email: "salesforce-sync@northlark.example",
  first_name: "Salesforce",
  last_name: "Sync",
};

const actors: Readonly<Record<"person" | "integration", Actor>> = {
  person: { type: "user", person: admin },
  integration: { type: "api", person: integrationUser },
};

const newApiKey = (kind: string) => `circa_${kind}_${randomBytes(24).toString("base64url")}`;

/** Starts an emulator with an empty workspace on 127.0.0.1. */
export async function startCircaEmulator(
  options: CircaEmulatorOptions = {},
): Promise<CircaEmulator> {
  const { now = () => new Date(), retryScale = 1, webhookTimeoutMs = 15_000 } = options;
  const faults = new Faults();
  const circa: Circa = {
    store: new CircaStore(),
    webhooks: new WebhookDispatcher({ now, faults, retryScale, timeoutMs: webhookTimeoutMs }),
    faults,
    stats: new RequestStats(),
    now,
    actors,
    apiKeys: options.apiKeys ?? {
      integration: newApiKey("integration"),
      person: newApiKey("user"),
    },
    salesforceUrl: options.salesforceUrl?.replace(/\/+$/, "") ?? null,
    delayMs: options.delayMs ?? 0,
    settings: defaultSettings,
    claim: null,
    seed: {},
  };
  const seed = (wanted: Seed) => {
    circa.seed = wanted;
    loadSeed(circa.store, wanted, now(), admin);
  };
  seed({});

  const app = express().disable("x-powered-by").disable("etag");
  app.use("/api/v1", serveApi(circa));
  app.use("/emulator", serveControl(circa));
  app.use(servePages(circa));

  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    api: `${url}/api/v1`,
    integration: { apiKey: circa.apiKeys.integration },
    person: { apiKey: circa.apiKeys.person },
    circa,
    seed,
    close: async () => {
      circa.webhooks.reset();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
