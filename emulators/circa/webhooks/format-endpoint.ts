import { formatTime } from "../formatters.ts";
import type { Endpoint } from "./delivery.ts";

/** An endpoint without its secret, which only its creation shows. */
export function formatEndpoint(endpoint: Endpoint) {
  const { id, url, types, enabled, createdAt, previousSecret } = endpoint;
  return {
    id,
    url,
    types,
    enabled,
    secret_rotating: previousSecret !== null,
    created_at: formatTime(createdAt),
  };
}
