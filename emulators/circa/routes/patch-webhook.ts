import { readBody } from "../read-body.ts";
import type { Route } from "../route.ts";
import { endpointChangeBody } from "../webhooks/endpoint-body.ts";
import { formatEndpoint } from "../webhooks/format-endpoint.ts";
import { endpointOf } from "./named-in-path.ts";

/** A new secret begins a rotation: both sign until `end_rotation` drops the older. */
export const patchWebhook: Route = {
  method: "PATCH",
  path: "/webhooks/{id}",
  feature: "webhooks",
  handle: (circa, request) => {
    const endpoint = endpointOf(circa, request);
    const change = readBody(endpointChangeBody, request.body);
    const isRotating = change.secret !== undefined && change.secret !== endpoint.secret;
    const previous = isRotating ? endpoint.secret : endpoint.previousSecret;
    const row = {
      ...endpoint,
      url: change.url ?? endpoint.url,
      types: change.types ? [...new Set(change.types)] : endpoint.types,
      enabled: change.enabled ?? endpoint.enabled,
      secret: change.secret ?? endpoint.secret,
      previousSecret: change.end_rotation === true ? null : previous,
    };
    circa.webhooks.endpoints.set(row.id, row);
    return { status: 200, body: formatEndpoint(row) };
  },
};
