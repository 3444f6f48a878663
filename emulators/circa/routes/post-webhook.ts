import { readBody } from "../read-body.ts";
import type { Route } from "../route.ts";
import { newEndpointBody } from "../webhooks/endpoint-body.ts";
import { formatEndpoint } from "../webhooks/format-endpoint.ts";
import { newSecret } from "../webhooks/signature.ts";

/** The only answer that shows the secret. */
export const postWebhook: Route = {
  method: "POST",
  path: "/webhooks",
  feature: "webhooks",
  handle: (circa, { body }) => {
    const { url, types, secret = newSecret() } = readBody(newEndpointBody, body);
    const endpoint = {
      id: circa.store.newId("Webhook"),
      url,
      types: [...new Set(types)],
      enabled: true,
      secret,
      previousSecret: null,
      createdAt: circa.now(),
    };
    circa.webhooks.endpoints.set(endpoint.id, endpoint);
    return { status: 201, body: { ...formatEndpoint(endpoint), secret } };
  },
};
