/** What callers send about webhook endpoints. */
import { z } from "zod";
import { webhookTypes } from "./delivery.ts";
import { secretPattern } from "./signature.ts";

const url = z.url({ protocol: /^https?$/, error: "must be an http or https address" });
const types = z.array(z.enum(webhookTypes)).min(1, "must name at least one type");
const secret = z
  .string()
  .regex(secretPattern, "must be whsec_ and the base64 of 24 to 64 random bytes");

export const newEndpointBody = z.object({ url, types, secret: secret.optional() });

export const endpointChangeBody = z.object({
  url: url.optional(),
  types: types.optional(),
  secret: secret.optional(),
  end_rotation: z.boolean().optional(),
  enabled: z.boolean().optional(),
});
