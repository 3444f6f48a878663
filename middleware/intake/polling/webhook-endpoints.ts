/** Whether Circa's list of webhook endpoints has one that brings us everything. Pure. */
import { eventWebhookTypes, fieldWebhookTypes } from "../../systems/circa/webhook-shape.ts";
import type { WebhookEndpoint } from "../../systems/circa/client.ts";

/**
 * | fault         | meaning                                                      |
 * | ------------- | ------------------------------------------------------------ |
 * | `unsupported` | this Circa has no webhooks                                   |
 * | `none`        | no endpoint has our address                                  |
 * | `disabled`    | ours is switched off                                         |
 * | `types`       | ours does not get all types that are needed                  |
 */
export type EndpointFault = "unsupported" | "none" | "disabled" | "types";

export interface OurAddress {
  readonly tenant: string;
  /** Where Circa reaches this service; null: not known, then any host may be it. */
  readonly publicUrl: string | null;
}

const wantedTypes: readonly string[] = [...eventWebhookTypes, ...fieldWebhookTypes];

/**
 * @param endpoints null: Circa has no such list
 * @returns null when what is switched on of ours, together, brings everything
 */
export function endpointFault(
  endpoints: readonly WebhookEndpoint[] | null,
  address: OurAddress,
): EndpointFault | null {
  if (endpoints === null) return "unsupported";
  const ours = endpoints.filter(({ url }) => isOurs(url, address));
  if (ours.length === 0) return "none";
  const live = ours.filter(({ enabled }) => enabled);
  if (live.length === 0) return "disabled";
  const types = new Set(live.flatMap((endpoint) => endpoint.types));
  return wantedTypes.every((type) => types.has(type)) ? null : "types";
}

/**
 * By path, for behind a proxy we don't know our own host and what stands before our path. Where
 * the address is configured, host, port and whole path count. Query and slashes at the end don't.
 */
function isOurs(url: string, { tenant, publicUrl }: OurAddress): boolean {
  const path = `/webhooks/circa/${tenant}`;
  const given = parse(url);
  if (given === null) return false;
  if (publicUrl === null) return given.path.endsWith(path);
  const own = parse(publicUrl + path);
  return own !== null && own.host === given.host && own.path === given.path;
}

/** The scheme is left out: a proxy may end TLS, or send on to it. */
function parse(url: string): { readonly host: string; readonly path: string } | null {
  if (!URL.canParse(url)) return null;
  const { hostname, port, protocol, pathname } = new URL(url);
  const usual = protocol === "http:" ? "80" : "443";
  const host = `${hostname.replace(/\.$/, "")}:${port === "" ? usual : port}`;
  const anyHost = host.replace(/:(80|443)$/, "");
  return { host: anyHost, path: pathname.replace(/\/{2,}/g, "/").replace(/\/+$/, "") };
}
