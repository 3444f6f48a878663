/** The embedded database has no room left: webhooks are told to come again, until there is room. */
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { sql } from "kysely";
import { Webhook } from "standardwebhooks";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { acceptWebhooks } from "../../middleware/intake/webhooks/accept-webhooks.ts";
import { webhookRoutes } from "../../middleware/intake/webhooks/webhooks.ts";
import type { Database } from "../../middleware/store/database/database.ts";
import { createWriteProof } from "../../middleware/store/write-proof.ts";
import { createLog } from "../../middleware/runtime/log.ts";
import { noFailpoint } from "../../middleware/runtime/failpoints.ts";
import { eventually } from "../support/eventually.ts";
import { openTemporaryDatabase } from "../support/temporary-database.ts";

const tenant = "default";
const secret = `whsec_${randomBytes(24).toString("base64")}`;
let database: Database;
let server: Server;
const said: string[] = [];

beforeAll(async () => {
  database = await openTemporaryDatabase();
  const log = createLog("silent");
  const nothing = () => undefined;
  const parts = { database, clock: systemClock, onFailpoint: noFailpoint };
  const accept = acceptWebhooks({ ...parts, onLinksDue: nothing, onFieldsChanged: nothing });
  const routes = webhookRoutes({
    ...parts,
    tenant,
    secrets: [secret],
    log: { ...log, error: (fields, message) => said.push(`${message} ${JSON.stringify(fields)}`) },
    accept,
    onAccepted: nothing,
    onRefused: nothing,
  });
  server = createServer(express().use(routes));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});

/** What `/health/ready` and the metrics go by, asked anew each time. */
const proves = () => createWriteProof(database, systemClock)();

let sent = 0;
const send = async (length = 50_000) => {
  sent += 1;
  const body = JSON.stringify({
    type: "event.updated",
    timestamp: new Date().toISOString(),
    data: {
      id: `event-${sent}`,
      version: 1,
      name: "A large one",
      updated_at: new Date().toISOString(),
      location: "x".repeat(length),
    },
  });
  const id = `msg_${sent}`;
  const answer = await fetch(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/circa/${tenant}`,
    {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(Date.now() / 1_000)),
        "webhook-signature": new Webhook(secret).sign(id, new Date(), body),
      },
    },
  );
  return { id, status: answer.status, retryAfter: answer.headers.get("retry-after") };
};
const pages = async (most: number) => {
  await sql`pragma max_page_count = ${sql.lit(most)}`.execute(database.query);
};

test("a full disk: 503 with Retry-After and a line that says why; with room it goes on", async () => {
  const taken: string[] = [];
  expect(await proves()).toBe(true);
  const first = await send();
  expect(first.status).toBe(202);
  taken.push(first.id);
  // SQLite itself runs out of room at this size, as it does when the disk is full.
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.query);
  await pages(rows[0]!.page_count + 20);
  let refused: Awaited<ReturnType<typeof send>> | null = null;
  while (refused === null && sent < 20) {
    const answers = await Promise.all([send(), send(), send()]);
    taken.push(...answers.filter(({ status }) => status === 202).map(({ id }) => id));
    refused = answers.find(({ status }) => status !== 202) ?? null;
  }
  expect(refused).toMatchObject({
    status: 503,
    retryAfter: expect.stringMatching(/^\d+$/) as string,
  });
  expect(said.at(-1)).toContain("disk is full");
  // What is left is taken by smaller ones, until nothing fits any more.
  await eventually("there is no room for a page", async () => {
    const small = await send(3_000);
    if (small.status === 202) taken.push(small.id);
    return small.status === 503;
  });
  expect(await proves()).toBe(false);

  await pages(1_000_000);
  expect(await proves()).toBe(true);
  const last = await send();
  expect(last.status).toBe(202);
  taken.push(last.id);
  // What was acknowledged is there, all of it, and nothing of what was refused.
  const kept = await database.query.selectFrom("deliveries").select("message_id").execute();
  expect(kept.map((row) => row.message_id).sort()).toEqual(taken.sort());
});
