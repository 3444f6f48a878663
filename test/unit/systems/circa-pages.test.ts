import { systemClock } from "../../../middleware/runtime/clock.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { createCircaClient } from "../../../middleware/systems/circa/client.ts";
import { Circuit } from "../../../middleware/systems/circuit/circuit.ts";

const log = createLog("silent");
const pageSize = 25;

/** A Circa with so many Events that answers each page when `answer` says so. */
function circaWith(events: number, failingPage: number | null = null) {
  const pending: { page: number; answer: () => void }[] = [];
  const asked: number[] = [];
  const fetch = (url: string | URL | Request) => {
    const page = Number(new URL(url instanceof Request ? url.url : url).searchParams.get("page"));
    asked.push(page);
    const from = (page - 1) * pageSize;
    const count = Math.max(0, Math.min(pageSize, events - from));
    const data = Array.from({ length: count }, (_, index) => ({
      id: `event-${from + index}`,
      name: "Event",
      updated_at: "2026-11-23T09:00:00Z",
    }));
    const response = Response.json({ data }, { status: page === failingPage ? 500 : 200 });
    return new Promise<Response>((resolve) =>
      pending.push({ page, answer: () => resolve(response) }),
    );
  };
  const client = createCircaClient({
    config: {
      apiUrl: "http://circa.test",
      apiKey: "key",
      webhookSecrets: [],
      requestTimeoutMs: 10_000,
    },
    clock: systemClock,
    log,
    circuit: new Circuit({ system: "circa", clock: systemClock, log }),
    fetch: fetch,
  });
  /** Answers what has been asked, the last page first, until `reading` is through. */
  const answerAll = async (reading: Promise<unknown>) => {
    const state = { ended: false };
    const end = () => (state.ended = true);
    reading.then(end, end);
    const most = { atOnce: 0 };
    while (!state.ended) {
      most.atOnce = Math.max(most.atOnce, pending.length);
      for (const { answer } of pending.splice(0).reverse()) answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return most.atOnce;
  };
  return { client, asked, answerAll };
}

async function idsOf(client: ReturnType<typeof circaWith>["client"], from = {}) {
  const ids: string[] = [];
  for await (const answers of client.changedEvents(0, from)) {
    ids.push(...answers.map(({ event }) => event.id));
  }
  return ids;
}

test("all pages come in order, so many at once and not more", async () => {
  const { client, asked, answerAll } = circaWith(260);
  const reading = idsOf(client, { pagesAtOnce: 4 });
  expect(await answerAll(reading)).toBeLessThanOrEqual(4);
  expect(await reading).toEqual(Array.from({ length: 260 }, (_, index) => `event-${index}`));
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThanOrEqual(11 + 3);
});

test("a short list costs one call", async () => {
  const { client, asked, answerAll } = circaWith(24);
  const reading = idsOf(client, { pagesAtOnce: 4 });
  await answerAll(reading);
  expect(await reading).toHaveLength(24);
  expect(asked).toEqual([1]);
});

test("it goes on from the page that it is told", async () => {
  const { client, answerAll } = circaWith(60);
  const reading = idsOf(client, { fromPage: 3, pagesAtOnce: 4 });
  await answerAll(reading);
  expect(await reading).toHaveLength(10);
});

test("a page that fails ends the reading; those asked for with it are nobody's", async () => {
  const { client, answerAll } = circaWith(260, 3);
  const reading = idsOf(client, { pagesAtOnce: 4 });
  await answerAll(reading);
  await expect(reading).rejects.toThrow("HTTP 500");
});
