/** Sends signed webhooks at a rate, whatever comes back, in a process of its own; prints what came. */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { percentiles } from "./peers/percentiles.ts";

export interface SendOrder {
  readonly url: string;
  readonly secret: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** From 0 to 1: signed by another secret. */
  readonly wrongShare: number;
  /** A body on each line; `ROUND` stands for the version. */
  readonly bodiesFile: string;
  readonly firstRound: number;
  /** Of the webhooks' ids. */
  readonly prefix: string;
}

const order = JSON.parse(process.argv[2] ?? "{}") as SendOrder;
const { url, secret, perSecond, seconds, wrongShare, bodiesFile, prefix } = order;
const key = Buffer.from(secret.slice("whsec_".length), "base64");
const wrongKey = Buffer.alloc(24);
const bodies = readFileSync(bodiesFile, "utf8").trim().split("\n");
const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
const statuses: Record<string, number> = {};
const acceptedMs: number[] = [];
const accepted: string[] = [];
let withoutRetryAfter = 0;
let underWay = 0;

const count = (status: string | number) => (statuses[status] = (statuses[status] ?? 0) + 1);

function post(nth: number): void {
  const isWrong = Math.floor(nth * wrongShare) !== Math.floor((nth + 1) * wrongShare);
  const id = `${prefix}_${nth}`;
  const round = Math.floor(nth / bodies.length) + 1;
  const body = (bodies[nth % bodies.length] ?? "").replaceAll(
    "ROUND",
    String(order.firstRound + round),
  );
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", isWrong ? wrongKey : key)
    .update(`${id}.${timestamp}.${body}`)
    .digest("base64");
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
  const startMs = performance.now();
  underWay += 1;
  const sent = request(url, { agent, method: "POST", headers, timeout: 30_000 }, (answer) => {
    answer.resume().once("end", () => {
      underWay -= 1;
      const { statusCode = 0 } = answer;
      count(isWrong ? `wrong ${statusCode}` : statusCode);
      if (statusCode === 503 && answer.headers["retry-after"] === undefined) withoutRetryAfter += 1;
      if (statusCode !== 202) return;
      acceptedMs.push(performance.now() - startMs);
      accepted.push(id);
    });
  });
  sent.once("timeout", () => sent.destroy());
  sent.once("error", (error: NodeJS.ErrnoException) => {
    underWay -= 1;
    count(error.code ?? "error");
  });
  sent.end(body);
}

const startMs = performance.now();
let next = 0;
await new Promise((resolve) => {
  const timer = setInterval(() => {
    const elapsed = (performance.now() - startMs) / 1_000;
    for (; next < Math.min(elapsed, seconds) * perSecond; next += 1) post(next);
    if (elapsed < seconds) return;
    clearInterval(timer);
    resolve(undefined);
  }, 2);
});
while (underWay > 0) await new Promise((resolve) => setTimeout(resolve, 10));
agent.destroy();

process.stdout.write(
  JSON.stringify({
    sent: next,
    statuses,
    withoutRetryAfter,
    acknowledgedMs: percentiles(acceptedMs),
    accepted,
  }),
);
