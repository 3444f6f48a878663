import type { SalesforceEmulator } from "../index.ts";
import {
  callRest,
  connect,
  control,
  readStats,
  setFaults,
  startFixtureOrg,
} from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let ids: string[];
beforeEach(async () => {
  emulator = await startFixtureOrg();
  ids = emulator.seed({
    campaigns: [{ Name: "One" }, { Name: "Two" }, { Name: "Three" }],
  }).campaigns;
});
afterEach(() => emulator.close());

const limits = () => callRest(emulator, "integration", "GET", "/limits");

function patchOne(body: object, signal?: AbortSignal): Promise<Response> {
  return fetch(`${emulator.url}/services/data/v61.0/sobjects/Campaign/${ids[0]!}`, {
    method: "PATCH",
    headers: { Authorization: `Bearer ${emulator.integration.accessToken}` },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
}

function nameOf(index: number): unknown {
  return emulator.org.store.get("Campaign", ids[index]!)?.Name;
}

test.each([
  [
    "invalidSession",
    401,
    [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }],
  ],
  [
    "requestLimit",
    403,
    [{ message: "TotalRequests Limit exceeded.", errorCode: "REQUEST_LIMIT_EXCEEDED" }],
  ],
  [
    "unavailable",
    503,
    [{ message: "Service temporarily unavailable", errorCode: "SERVER_UNAVAILABLE" }],
  ],
])("%s answers %i as often as told, then all is well", async (name, status, body) => {
  await setFaults(emulator, { name, times: 2 });
  expect(await limits()).toMatchObject({ status, body });
  expect(await limits()).toMatchObject({ status });
  expect(await limits()).toMatchObject({ status: 200 });
});

test("any status, body and headers can be ordered, for some requests only", async () => {
  await setFaults(emulator, {
    name: "respondRest",
    ...{
      status: 502,
      body: "<html>",
      headers: { "Retry-After": "3" },
      method: "get",
      path: "/query",
    },
  });
  expect((await limits()).status).toBe(200);
  const answer = await fetch(`${emulator.url}/services/data/v61.0/query?q=x`);
  expect([answer.status, answer.headers.get("retry-after"), await answer.text()]).toEqual([
    502,
    "3",
    "<html>",
  ]);
});

test("a fault may let requests pass first", async () => {
  await setFaults(emulator, { name: "unavailable", skip: 1 });
  expect([(await limits()).status, (await limits()).status, (await limits()).status]).toEqual([
    200, 503, 200,
  ]);
});

test("a fault can be meant for the integration alone, or for people", async () => {
  await setFaults(emulator, { name: "unavailable", caller: "integration" });
  expect(await callRest(emulator, "person", "GET", "/limits")).toMatchObject({ status: 200 });
  expect(await limits()).toMatchObject({ status: 503 });
  await setFaults(emulator, { name: "unavailable", caller: "person" });
  expect(await limits()).toMatchObject({ status: 200 });
  expect(await callRest(emulator, "person", "GET", "/limits")).toMatchObject({ status: 503 });
});

test("chance follows the seed", async () => {
  const run = async () => {
    await control(emulator, "faults", {
      clear: true,
      seed: 7,
      faults: [{ name: "unavailable", times: 100, chance: 0.5 }],
    });
    const statuses: number[] = [];
    for (let n = 0; n < 20; n += 1) statuses.push((await limits()).status);
    return statuses;
  };
  const first = await run();
  expect(new Set(first)).toEqual(new Set([200, 503]));
  expect(await run()).toEqual(first);
});

test("sign-in fails like any other call", async () => {
  await setFaults(emulator, { name: "unavailable", path: "/oauth2/token" });
  const answer = await fetch(`${emulator.url}/services/oauth2/token`, { method: "POST" });
  expect(answer.status).toBe(503);
});

test("a hang before the work changes nothing", async () => {
  await setFaults(emulator, { name: "hangBefore", method: "PATCH" });
  const hangUp = new AbortController();
  const answer = patchOne({ Name: "Changed" }, hangUp.signal);
  answer.catch(() => undefined);
  await limits();
  hangUp.abort();
  await expect(answer).rejects.toThrow();
  expect(nameOf(0)).toBe("One");
});

test.each(["hangAfter", "dropAfter"])(
  "%s: the write stands, its answer never comes",
  async (name) => {
    await setFaults(emulator, { name, method: "PATCH" });
    const hangUp = new AbortController();
    const answer = patchOne({ Name: "Changed" }, hangUp.signal);
    answer.catch(() => undefined);
    while (nameOf(0) !== "Changed") await limits();
    hangUp.abort();
    await expect(answer).rejects.toThrow();
    expect(await patchOne({ Name: "Again" })).toMatchObject({ status: 204 });
  },
);

test("an answer may be cut in the middle", async () => {
  await setFaults(emulator, { name: "truncateAfter" });
  await expect(limits()).rejects.toThrow();
});

test("a connection may be dropped before the work", async () => {
  await setFaults(emulator, { name: "dropBefore" });
  await expect(patchOne({ Name: "Changed" })).rejects.toThrow();
  expect(nameOf(0)).toBe("One");
});

test("a row can't be locked; the others are written", async () => {
  await setFaults(emulator, { name: "lockRow", index: 1 });
  const write = () =>
    connect(emulator, "integration")
      .sobject("Campaign")
      .update(ids.map((Id) => ({ Id, Name: "Changed" })));
  expect(await write()).toMatchObject([
    { success: true },
    {
      success: false,
      errors: [
        {
          statusCode: "UNABLE_TO_LOCK_ROW",
          message: `unable to obtain exclusive access to this record or 1 records: ${ids[1]!}`,
          fields: [],
        },
      ],
    },
    { success: true },
  ]);
  expect(await write()).toMatchObject([{ success: true }, { success: true }, { success: true }]);
});

test("rows are refused for a field and a value, until the fault is taken away", async () => {
  await setFaults(emulator, {
    name: "rejectRow",
    ...{ times: 100, field: "Amount__c", value: 13, message: "Thirteen brings bad luck." },
  });
  const write = (Amount__c: number) =>
    connect(emulator, "integration")
      .sobject("Campaign")
      .update([{ Id: ids[0]!, Amount__c }]);
  expect(await write(12)).toMatchObject([{ success: true }]);
  expect(await write(13)).toMatchObject([
    {
      success: false,
      errors: [
        {
          statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
          message: "Thirteen brings bad luck.",
          fields: ["Amount__c"],
        },
      ],
    },
  ]);
  await control(emulator, "faults", { clear: true });
  expect(await write(13)).toMatchObject([{ success: true }]);
});

test("requests are counted by what they do, and writes that overlap are noticed", async () => {
  await setFaults(emulator, { name: "slow", delayMs: 1 });
  await limits();
  await control(emulator, "reset", {});
  await setFaults(emulator, { name: "hangAfter", method: "PATCH" });
  const hangUp = new AbortController();
  const hanging = patchOne({ Name: "First" }, hangUp.signal);
  hanging.catch(() => undefined);
  while (nameOf(0) !== "First") await limits();
  await patchOne({ Name: "Second" });
  hangUp.abort();
  await expect(hanging).rejects.toThrow();
  const stats = await readStats(emulator);
  expect(stats).toMatchObject({
    overlappingWrites: 1,
    recordsWritten: 2,
    requests: { "row.PATCH": 2 },
  });
});

test("a fault that is misspelt is refused in plain words", async () => {
  await expect(setFaults(emulator, { name: "lockRow", idx: 1 })).rejects.toThrow(/400 .*idx/s);
});
