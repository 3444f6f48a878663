/** The checker behind every other test here must be able to say no. */
import { circaContract } from "./support/circa-api.ts";
import type { HttpExchange } from "./support/open-api.ts";

const field = {
  id: "RmllbGRUeXBlLTE",
  label: "Event Name",
  field_name: "name",
  field_for: "Event",
  field_type: "TEXT",
  options: [],
  section: "Basics",
  required: true,
  order: 1,
};

const goodExchange: HttpExchange = {
  method: "GET",
  path: "/fields?fields_for=Event&page=1",
  requestHeaders: {},
  status: 200,
  responseHeaders: {},
  responseBody: { data: [field] },
};

const syncBody = { provider: "salesforce", direction: "to_salesforce", campaign_field: "Name" };
const goodWrite: HttpExchange = {
  method: "PUT",
  path: "/fields/name/crm_sync",
  requestHeaders: {},
  requestBody: syncBody,
  status: 200,
  responseHeaders: {},
  responseBody: field,
};

const withField = (change: object) => ({ responseBody: { data: [{ ...field, ...change }] } });
const { label: _label, ...unlabelled } = field;

describe("the contract checker", () => {
  test.each([goodExchange, goodWrite])("accepts a good exchange ($method)", (exchange) => {
    expect(circaContract.violationsOf(exchange)).toEqual([]);
  });

  test.each<[string, HttpExchange, Partial<HttpExchange>, RegExp]>([
    ["an unknown address", goodExchange, { path: "/nothing" }, /not in the document/],
    ["an unknown method", goodExchange, { method: "PATCH" }, /not in the document/],
    ["an unknown query", goodExchange, { path: "/fields?sort=up" }, /query sort/],
    ["a bad query", goodExchange, { path: "/fields?page=zero" }, /query page: must be integer/],
    ["an unknown status", goodExchange, { status: 418 }, /status 418/],
    ["a wrong type", goodExchange, withField({ required: "yes" }), /required: must be boolean/],
    [
      "an unknown value",
      goodExchange,
      withField({ field_type: "BLOB" }),
      /field_type: must be equal/,
    ],
    ["an extra attribute", goodExchange, withField({ colour: "red" }), /unevaluated.*colour/],
    ["a missing one", goodExchange, { responseBody: { data: [unlabelled] } }, /label/],
    ["a missing body", goodExchange, { responseBody: undefined }, /answer: must be object/],
    ["an error of another shape", goodExchange, { status: 401, responseBody: {} }, /errors/],
    ["a bad body", goodWrite, { requestBody: { ...syncBody, direction: "both" } }, /direction/],
    ["no body", goodWrite, { requestBody: undefined }, /request: must be object/],
  ])("finds %s", (_name, exchange, change, complaint) => {
    const violations = circaContract.violationsOf({ ...exchange, ...change });
    expect(violations.join("\n")).toMatch(complaint);
  });

  test("finds an ETag that is none", () => {
    const exchange = {
      ...goodExchange,
      path: "/events/RXZlbnQtMQ",
      responseHeaders: { etag: "7" },
    };
    expect(circaContract.violationsOf(exchange).join("\n")).toMatch(/header ETag/);
  });

  test("finds what is wrong with a webhook", () => {
    const message = { type: "field.updated", timestamp: "2026-03-01T10:00:00.000Z", data: field };
    const headers = {
      "webhook-id": "msg_1",
      "webhook-timestamp": "1772359200",
      "webhook-signature": `v1,${"A".repeat(43)}=`,
    };
    expect(circaContract.violationsOfWebhook("field", headers, message)).toEqual([]);
    expect(circaContract.violationsOfWebhook("field", {}, message)).toHaveLength(3);
    const late = { ...message, timestamp: "yesterday" };
    expect(circaContract.violationsOfWebhook("field", headers, late).join()).toMatch(/timestamp/);
    expect(circaContract.violationsOfWebhook("event", headers, message).join()).toMatch(/type/);
  });
});
