/** The HTTP server against senders who are wrong, slow, odd or many. */
import { connect } from "node:net";
import { Webhook } from "standardwebhooks";
import type { Status } from "../../middleware/http/status.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let event: Record<string, unknown>;

beforeAll(async () => {
  sync = await startSync({ links: 1 });
  await sync.settled();
  [event = {}] = await marketer(sync).events();
});
afterAll(() => sync.close());

const refused = async (reason: string) =>
  (await sync.status()).door.refused.find((it) => it.reason === reason);

function webhook(change: Record<string, unknown> = {}): string {
  const data = { ...event, version: Number(event["version"]) + 1, ...change };
  return JSON.stringify({ type: "event.updated", timestamp: new Date().toISOString(), data });
}

/** Signed, with headers or a body that only a raw request can have. */
async function send(body: string, headers: Record<string, string>, wire: Uint8Array | string) {
  const secret = sync.environment()["CIRCA_WEBHOOK_SECRET"] ?? "";
  const sentAt = new Date();
  const id = `msg_${Math.random()}`;
  return fetch(sync.webhookUrl, {
    method: "POST",
    body: wire,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
      "webhook-signature": new Webhook(secret).sign(id, sentAt, body),
      ...headers,
    },
  });
}

describe("requests that can't be read are the sender's fault", () => {
  test.each([
    ["an unknown Content-Encoding", "x-zip", 415],
    ["two encodings", "gzip, br", 415],
    ["gzip that is none", "gzip", 400],
    ["brotli that is none", "br", 400],
    ["deflate that is none", "deflate", 400],
  ])("%s", async (_name, encoding, status) => {
    const answer = await send("{}", { "content-encoding": encoding }, "{}");
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain("zip");
  });

  test.each(["/webhooks/circa/%E0%A4%A", "/webhooks/circa/%", "/webhooks/circa/%00%ZZ"])(
    "a malformed percent in the path: %s",
    async (path) => {
      const { port, hostname } = new URL(sync.webhookUrl);
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
      expect(await raw(hostname, Number(port), head)).toMatch(/^HTTP\/1.1 400 /);
    },
  );

  test("a request that is no HTTP", async () => {
    const { port, hostname } = new URL(sync.webhookUrl);
    expect(await raw(hostname, Number(port), "HELLO\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
  });

  test("a webhook-id of 4,000 characters: 400, and for good", async () => {
    const answer = await sync.sendWebhook(webhook(), { id: "m".repeat(4_000) });
    expect(answer.status).toBe(400);
  });
});

describe("Events that can't be kept are refused for good, and harm no other", () => {
  test.each([
    ["U+0000", "ev\u0000ent"],
    ["a line break", "ev\nent"],
    ["a blank at its end", "event "],
    ["half an emoji", "event\ud83d"],
    ["65 characters", "e".repeat(65)],
  ])("an id with %s: 422", async (_name, id) => {
    const answer = await sync.sendWebhook(webhook({ id }));
    expect(answer.status).toBe(422);
    const { error } = (await answer.json()) as { error: string };
    expect(error).toMatch(/^data\.id: must have /);
    expect(error).not.toContain(id);
  });

  test.each([
    ["arrays", "[".repeat(30_000) + "]".repeat(30_000)],
    ["objects", '{"a":'.repeat(30_000) + "1" + "}".repeat(30_000)],
  ])(
    "%s nested 30,000 deep: 400, while others of the same moment are taken",
    async (_name, deep) => {
      const bodies = [
        webhook(),
        webhook({ agenda: "DEEP" }).replace('"DEEP"', deep),
        webhook({ agenda: 'a text with "[[[[" and \\' }),
      ];
      const answers = await Promise.all(bodies.map((body) => sync.sendWebhook(body)));
      expect(answers.map(({ status }) => status)).toEqual([202, 400, 202]);
    },
  );
});

describe("senders who take their time are cut off", () => {
  const slowly = async (head: string) => {
    const { port, hostname } = new URL(sync.webhookUrl);
    const startedAt = performance.now();
    const answer = await raw(hostname, Number(port), head, " ");
    return { answer, seconds: (performance.now() - startedAt) / 1_000 };
  };

  test("headers within 5 s, a body within 15 s", async () => {
    const head = "POST /webhooks/circa/default HTTP/1.1\r\nhost: x\r\n";
    const [headers, body, nothing] = await Promise.all([
      slowly(`${head}x-slow: `),
      slowly(`${head}content-type: application/json\r\ncontent-length: 1000\r\n\r\n{`),
      slowly(""),
    ]);
    expect(headers.answer).toMatch(/^HTTP\/1.1 408 /);
    expect(headers.seconds).toBeGreaterThan(4.5);
    expect(headers.seconds).toBeLessThan(7);
    expect(body.seconds).toBeGreaterThan(14);
    expect(body.seconds).toBeLessThan(17.5);
    expect(nothing.seconds).toBeLessThan(7);
    expect(await refused("slow")).toMatchObject({ status: 408 });
  }, 40_000);
});

test("each refusal is counted with its reason, for Prometheus as well", async () => {
  const status = await sync.status();
  expect(status.door.refused.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(["encoding", "request", "webhook_id", "shape", "not_json", "slow"]),
  );
  const text = await (
    await fetch(`${sync.middleware().url}/metrics`, {
      headers: { authorization: `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}` },
    })
  ).text();
  expect(text).toMatch(
    /^event_info_sync_http_requests_refused_total\{status="415",reason="encoding"\} 2$/m,
  );
});

test("2,000 wrong admin tokens are slowed down; the right one is answered meanwhile", async () => {
  const { url } = sync.middleware();
  const counts = new Map<number, number>();
  const startedAt = Date.now();
  const guess = async () => {
    const headers = { authorization: `Bearer ${Math.random()}` };
    const { status } = await fetch(`${url}/api/status`, { headers });
    counts.set(status, (counts.get(status) ?? 0) + 1);
  };
  const guessing = (async () => {
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(Array.from({ length: 200 }, guess));
    }
  })();
  const right = sync.admin<Status>("GET", "/api/status").then(() => "the right one");
  expect(await Promise.race([right, guessing])).toBe("the right one");
  await guessing;
  expect(Date.now() - startedAt).toBeGreaterThan(5_000);
  expect(counts.get(200)).toBeUndefined();
  expect((counts.get(401) ?? 0) + (counts.get(429) ?? 0)).toBe(2_000);
  expect(await refused("admin_token")).toMatchObject({ count: 2_000 });
}, 60_000);

describe("when no webhook of Circa gets in, it is said which of the two is wrong", () => {
  const ready = async () =>
    (await (await fetch(`${sync.middleware().url}/health/ready`)).json()) as {
      ready: boolean;
      parts: Record<string, boolean>;
    };
  const refuseThree = async (how: { secret?: string; sentAt?: Date }) => {
    for (let nth = 0; nth < 3; nth += 1) {
      expect((await sync.sendWebhook(webhook(), how)).status).toBe(401);
    }
  };
  const isWellAgain = async () => {
    expect((await sync.sendWebhook(webhook())).status).toBe(202);
    expect((await sync.status()).door.attention).toBeNull();
    await eventuallyHolds("it is ready", async () => expect((await ready()).ready).toBe(true));
  };
  afterEach(isWellAgain);

  test("the clock", async () => {
    await refuseThree({ sentAt: new Date(Date.now() - 600_000) });
    expect(await ready()).toMatchObject({ ready: false, parts: { webhooks: false } });
    expect((await sync.status()).door.attention).toMatch(/clock differs.*\(ahead by 60\d s\)/);
    expect(await refused("clock")).toMatchObject({ status: 401, count: 3 });
  });

  test("the secret", async () => {
    await refuseThree({ secret: `whsec_${"A".repeat(32)}` });
    expect(await ready()).toMatchObject({ ready: false, parts: { webhooks: false } });
    expect((await sync.status()).door.attention).toMatch(/CIRCA_WEBHOOK_SECRET/);
  });

  test("anybody's requests without a signature say nothing about Circa's", async () => {
    for (let nth = 0; nth < 5; nth += 1) {
      await fetch(sync.webhookUrl, {
        method: "POST",
        body: "{}",
        headers: { "content-type": "application/json" },
      });
    }
    expect((await ready()).parts["webhooks"]).toBe(true);
    expect((await sync.status()).door.attention).toBeNull();
  });
});

/**
 * What a server answers to these bytes until it ends the connection.
 * @param drip sent every 300 ms after them
 */
function raw(host: string, port: number, head: string, drip?: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, host, () => socket.write(head));
    const timer = setInterval(() => {
      if (drip !== undefined && head !== "") socket.write(drip);
    }, 300);
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
}
