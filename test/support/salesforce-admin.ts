/** What an admin does in Salesforce's Setup, through the emulator's stand-ins for it. */
import type { RunningSync } from "./running-sync.ts";

export interface SalesforceAdmin {
  /** Sets values of a mapping row, or makes a new one. */
  setMapping(developerName: string, values: Record<string, unknown>): Promise<void>;
  /** Sets values of the settings' row `Default`. */
  setSetting(values: Record<string, unknown>): Promise<void>;
  /** The same, past the validation rules: a row older than they are. */
  forceSetting(values: Record<string, unknown>): Promise<void>;
  removeMapping(developerName: string): Promise<void>;
  /** What the mapping page does after a save: without it the sweep takes the change over. */
  tellMappingsChanged(): Promise<void>;
  changePicklistValue(change: Record<string, unknown>): Promise<void>;
  changeField(change: Record<string, unknown>): Promise<void>;
  changeFieldPermission(change: Record<string, unknown>): Promise<void>;
  undelete(...ids: string[]): Promise<void>;
  /** Values that move without a save: a formula's, or a time from a clock that was wrong. */
  setSilently(campaignId: string, values: Record<string, unknown>): Promise<void>;
  /** Automation of the org that alters what the integration writes; replaces the one before. */
  setAutomations(...automations: Record<string, unknown>[]): Promise<void>;
  setFaults(...faults: Record<string, unknown>[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** How many are still to strike. */
  faultsLeft(): Promise<number>;
  /** Requests so far, by kind: `query`, `describe`, `collections.PATCH`. */
  requests(): Promise<Record<string, number>>;
  /** Campaigns written so far over REST, by whomever; what screens are told is not among them. */
  campaignsWritten(): Promise<number>;
}

export function salesforceAdmin({ salesforce }: Pick<RunningSync, "salesforce">): SalesforceAdmin {
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(salesforce.url + path, {
      method,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${salesforce.person.accessToken}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const look = async <T>(path: string) => {
    const answer = await fetch(`${salesforce.url}/emulator${path}`);
    return (await answer.json()) as T;
  };
  const stats = () =>
    look<Record<"requests" | "recordsWrittenByType", Record<string, number>>>("/stats");
  const row = (name: string) => `/emulator/custom-metadata/Circa_Field_Mapping__mdt/${name}`;
  return {
    setMapping: (name, values) => send("PATCH", row(name), values),
    forceSetting: (values) =>
      send("PATCH", "/emulator/custom-metadata/Circa_Sync_Setting__mdt/Default?force=true", values),
    setSetting: (values) =>
      send("PATCH", "/emulator/custom-metadata/Circa_Sync_Setting__mdt/Default", values),
    removeMapping: (name) => send("DELETE", row(name)),
    tellMappingsChanged: () =>
      send("POST", `/services/data/v${salesforce.apiVersion}/sobjects/Circa_Sync_Signal__e`, {
        Kind__c: "mappings_changed",
      }),
    changePicklistValue: (change) => send("POST", "/emulator/picklist-values", change),
    changeField: (change) => send("POST", "/emulator/fields", change),
    changeFieldPermission: (change) => send("POST", "/emulator/field-permissions", change),
    setSilently: (id, values) => send("POST", "/emulator/silent", { id, values }),
    undelete: (...ids) => send("POST", "/emulator/undelete", { ids }),
    setAutomations: (...automations) =>
      send("POST", "/emulator/automations", { clear: true, automations }),
    setFaults: (...faults) => send("POST", "/emulator/faults", { faults }),
    clearFaults: () => send("POST", "/emulator/faults", { clear: true }),
    faultsLeft: async () => (await look<{ faults: unknown[] }>("/faults")).faults.length,
    requests: async () => (await stats()).requests,
    campaignsWritten: async () => (await stats()).recordsWrittenByType["Campaign"] ?? 0,
  };
}
