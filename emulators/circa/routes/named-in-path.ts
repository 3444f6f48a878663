/** The things that a path names, and the version that a caller insists on. */
import type { Circa } from "../circa.ts";
import type { EventRow, FieldRow } from "../entities.ts";
import { notFound, preconditionFailed } from "../errors.ts";
import type { ApiRequest } from "../route.ts";
import type { Endpoint } from "../webhooks/delivery.ts";

/** The Event that the path names. @throws {ApiError} 404 */
export function eventOf(circa: Circa, { params }: ApiRequest): EventRow {
  const event = circa.store.events.get(params["id"] ?? "");
  if (!event) throw notFound(`There is no Event ${params["id"] ?? ""}`);
  return event;
}

/** The field that the path names by key or id. @throws {ApiError} 404 */
export function fieldOf(circa: Circa, { params }: ApiRequest): FieldRow {
  const key = params["key"] ?? params["id"] ?? "";
  const field = circa.store.findField(key);
  if (!field) throw notFound(`There is no field ${key}`);
  return field;
}

/** The webhook endpoint that the path names. @throws {ApiError} 404 */
export function endpointOf(circa: Circa, { params }: ApiRequest): Endpoint {
  const endpoint = circa.webhooks.endpoints.get(params["id"] ?? "");
  if (!endpoint) throw notFound(`There is no webhook ${params["id"] ?? ""}`);
  return endpoint;
}

/** @throws {ApiError} 412 when `If-Match` names another version than the Event's */
export function checkVersion(event: EventRow, { headers }: ApiRequest): void {
  const { "if-match": wanted } = headers;
  if (typeof wanted !== "string" || wanted.trim() === "*") return;
  const tags = wanted.split(",").map((tag) => tag.trim());
  if (!tags.includes(eventTag(event))) {
    throw preconditionFailed(`The Event has moved on to version ${event.version}`);
  }
}

export function eventTag(event: EventRow): string {
  return `"${event.version}"`;
}
