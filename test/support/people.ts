/** People who edit: each writes with credentials of its own, over HTTP, as in real life. */
import type { RunningSync } from "./running-sync.ts";

type Json = Record<string, unknown>;

export interface Marketer {
  /** The Event as Circa's API gives it to this person. */
  event(id: string): Promise<Json>;
  events(): Promise<Json[]>;
  /** Keys of the custom fields by label. */
  customKeys(): Promise<Map<string, string>>;
  /** @returns the new Event's id */
  create(values: Json): Promise<string>;
  /** @returns the answer's status and body; a refusal is not an error */
  edit(id: string, values: Json): Promise<{ status: number; body: Json }>;
  /**
   * An edit that ignores the locks, as an old client's would.
   * @param raw values by field key that Circa stores without checking them
   */
  force(id: string, values: Json, raw?: Json): Promise<void>;
  connect(id: string, campaignId: string | null): Promise<number>;
  /** Deletes the Event. */
  remove(id: string): Promise<void>;
}

export function marketer({ circa }: Pick<RunningSync, "circa">): Marketer {
  const call = async (method: string, url: string, body?: unknown) => {
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${circa.person.apiKey}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === "" ? {} : JSON.parse(text)) as Json };
  };
  const list = async (path: string) => {
    const all: Json[] = [];
    for (let page = 1; ; page += 1) {
      const url = `${circa.api}${path}${path.includes("?") ? "&" : "?"}page=${page}`;
      const rows = (await call("GET", url)).body["data"] as Json[];
      all.push(...rows);
      if (rows.length < 25) return all;
    }
  };
  return {
    async event(id) {
      const { body } = await call("GET", `${circa.api}/events/${id}`);
      return (body["data"] ?? body) as Json;
    },
    events: () => list("/events"),
    async customKeys() {
      const fields = await list("/fields?fields_for=Event");
      const custom = fields.filter((field) => field["field_name"] == null);
      return new Map(custom.map((field) => [String(field["label"]), String(field["id"])]));
    },
    async create(values) {
      const { status, body } = await call("POST", `${circa.api}/events`, values);
      if (status >= 300) throw new Error(`create: HTTP ${status}: ${JSON.stringify(body)}`);
      return String(((body["data"] ?? body) as Json)["id"]);
    },
    edit: (id, values) => call("PATCH", `${circa.api}/events/${id}`, values),
    async force(id, values, raw = {}) {
      const { status, body } = await call("POST", `${circa.url}/emulator/force`, {
        event_id: id,
        changes: values,
        raw,
      });
      if (status >= 300) throw new Error(`force: HTTP ${status}: ${JSON.stringify(body)}`);
    },
    async connect(id, campaignId) {
      const path = `${circa.api}/events/${id}/salesforce_campaign`;
      return (await call("PUT", path, { campaign_id: campaignId })).status;
    },
    async remove(id) {
      const { status, body } = await call("DELETE", `${circa.api}/events/${id}`);
      if (status >= 300) throw new Error(`remove: HTTP ${status}: ${JSON.stringify(body)}`);
    },
  };
}

export interface CampaignManager {
  campaign(id: string): Promise<Json>;
  /** @throws when Salesforce refuses */
  edit(id: string, values: Json): Promise<void>;
  create(values: Json): Promise<string>;
  remove(id: string): Promise<void>;
  query(soql: string): Promise<Json[]>;
}

export function campaignManager({ salesforce }: Pick<RunningSync, "salesforce">): CampaignManager {
  const base = `${salesforce.url}/services/data/v${salesforce.apiVersion}`;
  const call = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${salesforce.person.accessToken}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: HTTP ${answer.status}: ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as Json;
  };
  return {
    campaign: (id) => call("GET", `/sobjects/Campaign/${id}`),
    async edit(id, values) {
      await call("PATCH", `/sobjects/Campaign/${id}`, values);
    },
    create: async (values) => String((await call("POST", "/sobjects/Campaign", values))["id"]),
    async remove(id) {
      await call("DELETE", `/sobjects/Campaign/${id}`);
    },
    query: async (soql) =>
      (await call("GET", `/query?q=${encodeURIComponent(soql)}`))["records"] as Json[],
  };
}
