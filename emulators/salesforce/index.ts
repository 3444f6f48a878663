import { createServer, type Server } from "node:http";
import type { Express } from "express";
import { type ApexEngine, installApex } from "./apex/engine.ts";
import { Org } from "./data/org.ts";
import { createLightning } from "./lightning/create-lightning.ts";
import { OrgFolder } from "./metadata-api/deploy/org-folder.ts";
import { installFolders } from "./metadata-api/install.ts";
import { createMetadataApi, type MetadataApi } from "./metadata-api/metadata-api.ts";
import { packageFolders } from "./package-folders.ts";
import { createRestApp } from "./app.ts";
import { QueryLocators } from "./rest/query-locators.ts";
import { clearAutomations } from "./control/automations.ts";
import type { ControlContext } from "./control/control-context.ts";
import { createIdentity, defaultOrgId, type Identity, seedOrg } from "./setup/identity.ts";
import { permissionSetsIn } from "./setup/permission-sets.ts";
import { RestFaults } from "./setup/rest-faults.ts";
import { type SeedData, type SeededIds, seedRecords } from "./setup/seed-records.ts";
import { Stats } from "./setup/stats.ts";
import { TokenSessions } from "./setup/token-sessions.ts";
import { writeApexRows } from "./apex/apex-rows.ts";
import { CometdServer } from "./streaming/cometd-server.ts";
import { forgetSessions } from "./streaming/push-to-polls.ts";
import { DeliveryAllocation } from "./streaming/delivery-allocation.ts";
import { EventBus } from "./streaming/event-bus.ts";
import {
  defaultStreamingOptions,
  type StreamingContext,
  type StreamingOptions,
} from "./streaming/streaming-context.ts";
import { StreamingFaults } from "./streaming/streaming-faults.ts";

export interface SalesforceEmulatorOptions {
  /** 0 takes any free port. @default 0 */
  port?: number;
  /** SFDX source folders, the package first. */
  sourceDirs?: readonly string[];
  /** Time that every data call takes. @default 0 */
  delayMs?: number;
  /** Time on top for each record of a write. @default 0 */
  perRecordDelayMs?: number;
  /** API requests of 24 hours, of all users together. @default 15,000 */
  dailyRequestLimit?: number;
  /** Newest API version offered. @default "61.0" */
  apiVersion?: string;
  /** 15 characters; another one makes it another org. */
  orgId?: string;
  /** An org in which no user has been given anything yet. @default false */
  bare?: boolean;
  /** Deploys the source folders to an empty org, as one package, instead of reading them. @default false */
  install?: boolean;
  /** Whether Setup's Translation Workbench is on. @default unless the org is bare */
  translationWorkbench?: boolean;
  streaming?: Partial<StreamingOptions>;
  now?: () => Date;
}

export interface SalesforceEmulator {
  readonly url: string;
  readonly apiVersion: string;
  readonly orgId: string;
  readonly integration: Omit<Identity["integration"], "publicKey">;
  readonly person: Identity["person"];
  /** The org behind the HTTP surface, for code that runs in it. */
  readonly org: Org;
  /** The package's Apex, whose triggers fire on every save. */
  readonly apex: ApexEngine;
  /** Deploying to the org and retrieving from it. */
  readonly metadata: MetadataApi;
  /** Adds records without triggers and events. @returns their Ids, in the order given */
  seed(data: SeedData): SeededIds;
  close(): Promise<void>;
}

/** The package, and the demo's own org on top. */
export const defaultSourceDirs: readonly string[] = [
  ...packageFolders,
  "force-app-de/main/default",
  "emulators/salesforce/demo-org",
];

/** Starts a Salesforce org on 127.0.0.1: REST, OAuth, Streaming API, pages and controls on one port. */
export async function startSalesforceEmulator(
  options: SalesforceEmulatorOptions = {},
): Promise<SalesforceEmulator> {
  const now = options.now ?? (() => new Date());
  const apiVersion = options.apiVersion ?? "61.0";
  const identity = createIdentity(options.orgId ?? defaultOrgId);
  const sourceDirs = options.sourceDirs ?? defaultSourceDirs;
  const org = new Org({ sourceDirs: options.install ? [] : sourceDirs, now });
  const apex = await installApex(org, org);
  const lightning = createLightning(org.sourceDirs);
  /** What the org starts over with. */
  let first = { dirs: org.sourceDirs, sources: apex.sources };
  const folder = new OrgFolder();
  const features = { translationWorkbench: options.translationWorkbench ?? options.bare !== true };
  const metadata = createMetadataApi({
    ...{ org, apex, folder, features },
    onDeployed: (dir) => Object.assign(lightning, createLightning([dir])),
  });
  const bus = new EventBus(now, (name) => org.schema.object(name));
  org.onEvents = (events) => events.forEach((event) => bus.publish(event));
  const tokens = new TokenSessions(identity.orgId.slice(0, 15));
  const faults = new RestFaults();
  org.rowChecks.push(faults.checkRow);
  const streaming: StreamingContext = {
    org,
    bus,
    tokens,
    faults: new StreamingFaults(),
    options: { ...defaultStreamingOptions, ...options.streaming },
    sessions: new Map(),
    allocation: new DeliveryAllocation(now),
    counts: { delivered: 0, handshakes: 0 },
  };
  const seeds: SeedData[] = [];
  const orgPermissionSets = sourceDirs.slice(1).flatMap(permissionSetsIn);
  const stats = new Stats();
  const locators = new QueryLocators();
  const startOver = (): void => {
    const isDeployedTo = org.sourceDirs !== first.dirs;
    metadata.deployments.clear();
    org.clear();
    if (isDeployedTo) {
      apex.replaceSources(first.sources);
      Object.assign(lightning, createLightning(first.dirs));
    }
    bus.clear();
    stats.clear();
    locators.clear();
    faults.clear();
    streaming.faults.clear();
    clearAutomations(org);
    Object.assign(streaming.counts, { delivered: 0, handshakes: 0 });
    streaming.allocation.clear();
    forgetSessions(streaming);
    tokens.revoke();
    seedOrg(org, identity, { bare: options.bare === true, orgPermissionSets });
    writeApexRows(org, first.sources, identity.person.userId);
    org.store.commit();
    for (const user of [identity.integration, identity.person]) {
      tokens.restore(user.accessToken, user.userId);
    }
    for (const data of seeds) seedRecords(org, identity.person.userId, data);
  };
  const cometd = new CometdServer(streaming, Number(apiVersion));
  let url = "";
  const context: ControlContext = {
    ...{ org, bus, tokens, identity, stats, faults, locators, apiVersion, streaming, cometd },
    features,
    url: () => url,
    delayMs: options.delayMs ?? 0,
    perRecordDelayMs: options.perRecordDelayMs ?? 0,
    dailyRequestLimit: options.dailyRequestLimit ?? 15_000,
    reset: startOver,
  };
  startOver();
  if (options.install) {
    await installFolders(metadata, identity.person.userId, sourceDirs);
    org.startOverFromHere();
    first = { dirs: org.sourceDirs, sources: apex.sources };
    startOver();
  }
  const server = createHttpServer(createRestApp({ context, apex, lightning, metadata }), context);
  url = await listen(server, options.port ?? 0);
  const { publicKey: _publicKey, ...integration } = identity.integration;
  return {
    url,
    apiVersion,
    orgId: identity.orgId,
    integration,
    person: identity.person,
    org,
    apex,
    metadata,
    seed: (data) => {
      seeds.push(data);
      return seedRecords(org, identity.person.userId, data);
    },
    close: async () => {
      cometd.close();
      await metadata.deployments.close();
      folder.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createHttpServer(app: Express, context: ControlContext): Server {
  const server = createServer((request, response) => {
    // Some clients write two slashes; an org doesn't mind.
    request.url = request.url?.replace(/^\/+/, "/") ?? "/";
    if (/^\/cometd(\/|\?|$)/.test(request.url)) {
      context.stats.countRequest("cometd");
      void context.cometd.handle(request, response);
      return;
    }
    app(request, response);
  });
  // The Streaming API knows long-polling only.
  server.on("upgrade", (_request, socket) => {
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  return server;
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
}
