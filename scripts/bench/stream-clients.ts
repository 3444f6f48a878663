/** Subscribers to compare: two as the libraries' own documentation has them, and ours. */
import { PathHealth } from "../../middleware/model/path-health.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import faye, { type Client, type Message } from "faye";
import { Connection } from "jsforce/lib/connection.js";
import { Streaming, StreamingExtension } from "jsforce/lib/api/streaming.js";
import type { SalesforceEmulator } from "../../emulators/salesforce/index.ts";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { readConfig } from "../../middleware/runtime/config.ts";
import { cometdSessions } from "../../middleware/intake/stream/cometd/cometd-session.ts";
import { watchTransport } from "../../middleware/intake/stream/cometd/faye-transport.ts";
import { streamPauses } from "../../middleware/intake/stream/pauses.ts";
import { Stream } from "../../middleware/intake/stream/stream.ts";
import { campaignSubject, markDue } from "../../middleware/queue/due-links.ts";
import { openDatabase } from "../../middleware/store/database/database.ts";
import { createLog } from "../../middleware/runtime/log.ts";
import { noFailpoint } from "../../middleware/runtime/failpoints.ts";
import { openSystems } from "../../middleware/systems/open-systems.ts";
import { packageNames } from "../../middleware/systems/salesforce/connection/names.ts";

export interface BenchClient {
  readonly name: string;
  /** How often each Campaign was handed on. */
  received(): Promise<ReadonlyMap<string, number>>;
  /** Handshakes after the first. */
  reconnects(): number;
  stop(): Promise<void>;
}

/** Resolves when its subscription stands. */
export type StartClient = (salesforce: SalesforceEmulator) => Promise<BenchClient>;

const names = packageNames(null);
const channel = names.signalChannel;
const newEventsOnly = -1;

/** What a library's client brings, counted by Campaign. */
function countDeliveries() {
  const counts = new Map<string, number>();
  let handshakes = 0;
  return {
    take: (event: { payload: { Campaign_Ids__c: string } }) => {
      for (const id of JSON.parse(event.payload.Campaign_Ids__c) as string[]) {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    },
    watch: {
      outgoing(message: Message, send: (message: Message) => void) {
        if (message.channel === "/meta/handshake") handshakes += 1;
        send(message);
      },
    },
    received: () => Promise.resolve(counts),
    reconnects: () => Math.max(0, handshakes - 1),
  };
}

/** A client that keeps trying would keep the process alive. */
const silence = (client: Client) => {
  const nothing = () => undefined;
  watchTransport(client, nothing, nothing).dispose(null);
  return Promise.resolve();
};

async function signIn(salesforce: SalesforceEmulator): Promise<Connection> {
  const { clientId, clientSecret } = salesforce.integration;
  const connection = new Connection({
    version: salesforce.apiVersion,
    oauth2: { loginUrl: salesforce.url, clientId, clientSecret },
  });
  await connection.authorize({ grant_type: "client_credentials" });
  return connection;
}

/** As in the example of jsforce's documentation of `createClient`, short of ending the process. */
export const startJsforce: StartClient = async (salesforce) => {
  const connection = await signIn(salesforce);
  const { take, watch, ...figures } = countDeliveries();
  const client = new Streaming(connection).createClient([
    new StreamingExtension.Replay(channel, newEventsOnly),
    new StreamingExtension.AuthFailure(() => undefined),
    watch,
  ]);
  await client.subscribe(channel, take);
  return { name: "jsforce", ...figures, stop: () => silence(client) };
};

/** faye with the replay extension that its Salesforce users write. */
export const startFaye: StartClient = async (salesforce) => {
  const { accessToken } = await signIn(salesforce);
  const { take, watch, ...figures } = countDeliveries();
  const client = new faye.Client(`${salesforce.url}/cometd/${salesforce.apiVersion}`);
  client.disable("websocket");
  client.setHeader("Authorization", `OAuth ${accessToken ?? ""}`);
  let last = newEventsOnly;
  client.addExtension({
    outgoing(message: Message, send: (message: Message) => void) {
      if (message.channel === "/meta/subscribe") message.ext = { replay: { [channel]: last } };
      send(message);
    },
    incoming(message: Message, send: (message: Message) => void) {
      const { event } = (message.data ?? {}) as { event?: { replayId: number } };
      last = event?.replayId ?? last;
      send(message);
    },
  });
  client.addExtension(watch);
  await client.subscribe(channel, take);
  return { name: "faye", ...figures, stop: () => silence(client) };
};

/** Minutes of waiting for a busy server are seconds here: the run is shorter than one of them. */
const shortPauses = {
  ...streamPauses,
  busy: { ...streamPauses.busy, minMs: 1_000, firstCeilingMs: 5_000, maxMs: 5_000 },
};

/** The supervisor as the middleware runs it, over a store of its own. */
export const startOurs: StartClient = async (salesforce) => {
  const folder = mkdtempSync(join(tmpdir(), "event-info-sync-bench-"));
  const { clientId, clientSecret } = salesforce.integration;
  const config = readConfig({
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_CLIENT_ID: clientId,
    SALESFORCE_CLIENT_SECRET: clientSecret,
    CIRCA_API_KEY: "not used",
    CIRCA_WEBHOOK_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ADMIN_TOKEN: "not used not used",
    DATA_DIR: folder,
  });
  const log = createLog("silent");
  const clock = systemClock;
  const database = await openDatabase(config.storage, log);
  const systems = openSystems(config, names, { clock, log }, () => Promise.resolve());
  const startedAt = new Date(clock.now() - 1_000).toISOString();
  const foundByQuery = new Set<string>();

  /** The sweep's work, for Campaigns without an Event: those without a notification are due. */
  async function compare(): Promise<boolean> {
    const soql = `SELECT Id FROM Campaign WHERE SystemModstamp >= ${startedAt}`;
    const found = await systems.salesforceConnection.run("reading Campaigns", async (it) => {
      const { records } = await it.query<{ Id: string }>(soql, {
        autoFetch: true,
        maxFetch: 100_000,
      });
      return records.map(({ Id }) => Id);
    });
    const rows = await database.query.selectFrom("due_links").select("subject").execute();
    const known = new Set(rows.map(({ subject }) => subject));
    const missed = found.filter((id) => !known.has(campaignSubject(id)));
    for (const id of missed) foundByQuery.add(id);
    await database.write((trx) => markDue(trx, missed.map(campaignSubject), "sweep", clock.now()));
    return true;
  }

  const stream = new Stream({
    ...{ database, clock, log, names },
    onFailpoint: noFailpoint,
    paths: new PathHealth(clock.now()),
    onLinksDue: () => undefined,
    onMappingsChanged: () => undefined,
    onGap: compare,
    pauses: shortPauses,
    openSession: cometdSessions({
      salesforce: systems.salesforceConnection,
      apiVersion: salesforce.apiVersion,
      channel,
      clock,
    }),
  });
  stream.start();
  while (stream.status().state !== "subscribed") await clock.sleep(10);
  return {
    name: "this product",
    async received() {
      const rows = await database.query
        .selectFrom("due_links")
        .select(["subject", "generation"])
        .execute();
      return new Map(
        rows.map(({ subject, generation }) => {
          const id = subject.slice(campaignSubject("").length);
          // One that both the query and an event found was handed on by each once.
          return [id, generation - (foundByQuery.has(id) && generation > 1 ? 1 : 0)];
        }),
      );
    },
    reconnects: () => stream.status().sessions - 1,
    async stop() {
      await stream.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
