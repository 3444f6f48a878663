import { z } from "zod";
import { directions } from "../entities.ts";
import { formatField } from "../formatters.ts";
import { syncField } from "../operations/sync-field.ts";
import { readBody } from "../read-body.ts";
import type { Route } from "../route.ts";
import { fieldOf } from "./named-in-path.ts";
import { requireIntegration } from "./require-integration.ts";

const bodySchema = z.object({
  provider: z.literal("salesforce"),
  direction: z.enum(directions),
  campaign_field: z.string().min(1),
  options: z
    .array(z.object({ value: z.string().min(1), label: z.string() }))
    .nullable()
    .default(null),
});

export const putFieldCrmSync: Route = {
  method: "PUT",
  path: "/fields/{key}/crm_sync",
  feature: "field_sync",
  handle: (circa, request) => {
    requireIntegration(request);
    const field = fieldOf(circa, request);
    const row = syncField(circa, field, readBody(bodySchema, request.body));
    return { status: 200, body: formatField(row, circa.settings) };
  },
};
