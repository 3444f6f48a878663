import { formatTime } from "../formatters.ts";
import type { Endpoint } from "./delivery.ts";

/** An endpoint without its secret, which only its creation shows. */
export function formatEndpoint({ id, url, types, createdAt, previousSecret }: Endpoint) {
  return {
    id,
    url,
    types,
    secret_rotating: previousSecret !== null,
    created_at: formatTime(createdAt),
  };
}
