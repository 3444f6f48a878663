import type { SalesforceEmulator } from "../index.ts";
import { callRest, connect, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let nowMs = Date.parse("2026-03-01T10:00:00.500Z");
let id: string;
beforeAll(async () => {
  emulator = await startFixtureOrg({ now: () => new Date(nowMs) });
  id = emulator.seed({ campaigns: [{ Name: "Alpha", Code__c: "a/b c" }] }).campaigns[0]!;
});
afterAll(() => emulator.close());

test("jsforce creates, reads, updates and deletes a record", async () => {
  const campaigns = connect(emulator, "person").sobject("Campaign");
  const created = await campaigns.create({ Name: "Made" });
  expect(created).toEqual({
    id: expect.stringMatching(/^701\w{15}$/) as string,
    success: true,
    errors: [],
  });
  await campaigns.update({ Id: created.id!, Secret__c: "changed" });
  expect(await campaigns.retrieve(created.id!)).toMatchObject({
    Name: "Made",
    Secret__c: "changed",
  });
  await campaigns.destroy(created.id!);
  await expect(campaigns.retrieve(created.id!)).rejects.toMatchObject({
    errorCode: "ENTITY_IS_DELETED",
  });
});

test("jsforce upserts by external id", async () => {
  const campaigns = connect(emulator, "person").sobject("Campaign");
  const first = await campaigns.upsert({ Code__c: "new 1 x", Name: "One" }, "Code__c");
  expect(first).toMatchObject({ success: true, created: true });
  const second = await campaigns.upsert({ Code__c: "new 1 x", Name: "Two" }, "Code__c");
  expect(second).toMatchObject({ success: true, created: false, id: first.id! });
});

test("the external id minds its case where the field does", async () => {
  const path = `/sobjects/Campaign/Code__c/${encodeURIComponent("A/B C")}`;
  expect((await callRest(emulator, "person", "GET", path)).status).toBe(404);
  const right = `/sobjects/Campaign/Code__c/${encodeURIComponent("a/b c")}`;
  expect((await callRest(emulator, "person", "GET", right)).body).toMatchObject({ Id: id });
});

test("an update answers 204 without a body, a creation 201 with a Location", async () => {
  const updated = await callRest(emulator, "person", "PATCH", `/sobjects/Campaign/${id}`, {
    body: {},
  });
  expect([updated.status, updated.body]).toEqual([204, null]);
  const created = await callRest(emulator, "person", "POST", "/sobjects/Campaign", {
    body: { Name: "X" },
  });
  expect(created.status).toBe(201);
  expect(created.headers.get("location")).toMatch(
    /^\/services\/data\/v61\.0\/sobjects\/Campaign\/701/,
  );
});

test("If-Unmodified-Since refuses with 412 by whole seconds", async () => {
  await callRest(emulator, "person", "PATCH", `/sobjects/Campaign/${id}`, { body: {} });
  const patch = async (since: string) => {
    const headers = { "If-Unmodified-Since": since };
    const answer = await callRest(emulator, "person", "PATCH", `/sobjects/Campaign/${id}`, {
      body: {},
      headers,
    });
    return [answer.status, answer.body];
  };
  expect(await patch("Sun, 01 Mar 2026 10:00:00 GMT")).toEqual([204, null]);
  expect(await patch("Sun, 01 Mar 2026 09:59:59 GMT")).toEqual([412, null]);
  expect((await patch("yesterday"))[0]).toBe(400);
});

test("If-Modified-Since answers 304 for an unchanged record", async () => {
  const get = async (since: string) => {
    const headers = { "If-Modified-Since": since };
    return (await callRest(emulator, "person", "GET", `/sobjects/Campaign/${id}`, { headers }))
      .status;
  };
  expect(await get("Sun, 01 Mar 2026 10:00:00 GMT")).toBe(304);
  expect(await get("Sun, 01 Mar 2026 09:00:00 GMT")).toBe(200);
});

test.each([
  ["GET", "/sobjects/Campaign/701Dm00000ZZZZZ", 404, "NOT_FOUND"],
  ["GET", "/sobjects/Nope__c/701Dm0000000001", 404, "NOT_FOUND"],
  ["GET", "/nothing/here", 404, "NOT_FOUND"],
  ["PATCH", "/sobjects/Campaign/701Dm00000ZZZZZ", 404, "INVALID_CROSS_REFERENCE_KEY"],
  ["PATCH", "/sobjects/Campaign/rubbish", 400, "MALFORMED_ID"],
  ["DELETE", "/sobjects/Campaign/701Dm00000ZZZZZ", 404, "INVALID_CROSS_REFERENCE_KEY"],
  ["PATCH", "/sobjects/Campaign/Name/x", 404, "NOT_FOUND"],
])("%s %s answers %i %s", async (method, path, status, errorCode) => {
  const body = method === "PATCH" ? { body: {} } : {};
  const answer = await callRest(emulator, "person", method, path, body);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject([{ errorCode }]);
});

test("JSON that is none is refused", async () => {
  const answer = await fetch(`${emulator.url}/services/data/v61.0/sobjects/Campaign/${id}`, {
    method: "PATCH",
    headers: { Authorization: `Bearer ${emulator.person.accessToken}` },
    body: "{nonsense",
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject([{ errorCode: "JSON_PARSER_ERROR" }]);
});

test("every answer says how much of the day's allowance is used", async () => {
  const { headers } = await callRest(emulator, "person", "GET", "/limits");
  expect(headers.get("sforce-limit-info")).toMatch(/^api-usage=\d+\/15000$/);
});

test("the versions are listed, and one beyond them is not there", async () => {
  const list = (await (await fetch(`${emulator.url}/services/data`)).json()) as object[];
  expect(list.at(-1)).toEqual({
    label: "Summer '24",
    url: "/services/data/v61.0",
    version: "61.0",
  });
  const beyond = await fetch(`${emulator.url}/services/data/v62.0/limits`);
  expect(beyond.status).toBe(404);
  const doubled = await fetch(`${emulator.url}//services/data/v51.0/`, {
    headers: { Authorization: `Bearer ${emulator.person.accessToken}` },
  });
  expect(doubled.status).toBe(200);
});

test("deleted and updated records of a span of time are listed", async () => {
  const campaigns = connect(emulator, "person").sobject("Campaign");
  nowMs = Date.parse("2026-03-02T00:00:00Z");
  const { id: goneId } = await campaigns.create({ Name: "Gone" });
  await campaigns.destroy(goneId!);
  const span = ["2026-03-02T00:00:00Z", "2026-03-02T01:00:00Z"] as const;
  expect(await campaigns.deleted(...span)).toMatchObject({
    deletedRecords: [{ id: goneId!, deletedDate: "2026-03-02T00:00:00.000+0000" }],
  });
  await campaigns.update({ Id: id, Secret__c: "moved" });
  expect((await campaigns.updated(...span)).ids).toEqual([id]);
});
