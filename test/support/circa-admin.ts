/** What a workspace admin does in Circa's Settings > Event Info, and what the field then shows. */
import type { RunningSync } from "./running-sync.ts";

type Json = Record<string, unknown>;

export interface ShownField {
  readonly options: readonly string[];
  readonly options_locked?: boolean;
  readonly crm_sync?: {
    readonly direction: string;
    readonly campaign_field: string;
    readonly options: readonly { readonly value: string; readonly label: string }[] | null;
  } | null;
}

export interface CircaAdmin {
  /** @returns the new field's key */
  addField(field: { label: string; field_type: string; options?: string[] }): Promise<string>;
  /** @returns the answer's status and body; a refusal is not an error */
  editField(key: string, edit: Json): Promise<{ status: number; body: Json }>;
  field(key: string): Promise<ShownField>;
  /** Switches parts of the sync contract off or on. */
  setContract(contract: Record<string, boolean>): Promise<void>;
  /** Requests so far, by method and path: `PATCH /events/{id}`. */
  requests(): Promise<Record<string, number>>;
}

export function circaAdmin({ circa }: Pick<RunningSync, "circa">): CircaAdmin {
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
  const must = async (method: string, url: string, body?: unknown): Promise<Json> => {
    const answer = await call(method, url, body);
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${JSON.stringify(answer)}`);
    return answer.body;
  };
  return {
    addField: async (field) =>
      String((await must("POST", `${circa.url}/emulator/fields`, field))["id"]),
    editField: (key, edit) => call("PATCH", `${circa.url}/emulator/fields/${key}`, edit),
    async field(key) {
      const body = await must("GET", `${circa.api}/fields/${key}`);
      return (body["data"] ?? body) as unknown as ShownField;
    },
    async setContract(contract) {
      await must("POST", `${circa.url}/emulator/settings`, { contract });
    },
    async requests() {
      const { requests } = await must("GET", `${circa.url}/emulator/stats`);
      return (requests as { by_kind: Record<string, number> }).by_kind;
    },
  };
}
