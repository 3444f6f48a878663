/** Salesforce's API for one node, at the level of the service's own client interface. */
import type { WriteResult } from "../../middleware/systems/salesforce/campaigns/schemas.ts";
import type { CampaignField } from "../../middleware/model/fields.ts";
import { campaignPageSize } from "../../middleware/systems/salesforce/campaigns/campaign-pages.ts";
import type { Campaign } from "../../middleware/model/records.ts";
import type { SalesforceClient } from "../../middleware/systems/salesforce/client.ts";
import type { CampaignCreationClient } from "../../middleware/systems/salesforce/campaigns/campaign-creation.ts";
import type { Circuit } from "../../middleware/systems/circuit/circuit.ts";
import type { Life } from "../engine/mortal.ts";
import type { World } from "../world.ts";
import { callSalesforce } from "./call.ts";
import { linkField, type CampaignRow } from "./org.ts";
import { publishChanged, publishHeartbeat } from "./publish.ts";
import { concernsSync, save, type Saved } from "./save.ts";

const recordMs = 4;

export function createSimSalesforce(world: World, life: Life, circuit: Circuit): SalesforceClient {
  const { org, timeline, faults } = world;
  const random = world.random("salesforce");
  const call = <T>(
    kind: string,
    work: () => T,
    rest: { writes?: readonly string[]; workMs?: number } = {},
  ) => circuit.run(() => callSalesforce(world, life, kind, { work, ...rest }));
  /** A replica that knows of nothing yet, or a permission that is being changed. */
  const orNone = <T>(rows: readonly T[]): T[] => {
    const rate = faults.rate("salesforce_empty");
    if (rate > 0 && faults.strikes("salesforce_empty", random.next())) return [];
    return [...rows];
  };
  const orPart = (fields: readonly CampaignField[]): readonly CampaignField[] => {
    const rate = faults.rate("describe_partial");
    if (rate === 0 || !faults.strikes("describe_partial", random.next())) return fields;
    const hidden = random.pick(fields);
    return fields.filter((field) => field !== hidden);
  };
  let described: { fields: readonly CampaignField[]; text: string } | null = null;

  return {
    now: () => timeline.now(),

    describeCampaign: () =>
      call("describe", () => {
        const fields = orPart(org.describe());
        const text = JSON.stringify(fields);
        if (described?.text !== text) described = { fields, text };
        return described.fields;
      }),

    mappingRows: () => call("mappings", () => orNone(org.mappingRows())),

    campaigns: ({ ids = [], eventIds = [], fields }) =>
      call("read", () => {
        const rows = new Set<CampaignRow>();
        for (const id of ids) add(rows, org.campaigns.get(id));
        for (const eventId of eventIds) add(rows, org.holders.get(eventId));
        return orNone([...rows]).map((row) => toCampaign(row, fields));
      }),

    campaignsGone: (ids) =>
      call("gone", () => new Set(ids.filter((id) => org.campaigns.get(id)?.deleted !== false))),

    movedCampaigns: ({ modifiedAt, id }, fields) =>
      call("moved", () =>
        orNone([...org.campaigns.values()])
          .filter((row) => isAfter(row, modifiedAt, id))
          .sort((a, b) => a.modifiedAt - b.modifiedAt || (a.id < b.id ? -1 : 1))
          .slice(0, campaignPageSize)
          .map((row) => ({ ...toCampaign(row, fields), deleted: row.deleted })),
      ),

    linkedCampaigns: (afterId, fields) =>
      call("linked", () =>
        orNone([...org.holders.values()])
          .filter(({ id }) => id > afterId)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, campaignPageSize)
          .map((row) => toCampaign(row, fields)),
      ),

    // Only for orgs with more links than any simulated one has.
    linkedCampaignsQuery: () => "",
    campaignOf: () => {
      throw new Error("nothing is read in bulk");
    },
    startBulkQuery: () => Promise.reject(new Error("nothing is read in bulk")),
    bulkQueryDone: () => Promise.reject(new Error("nothing is read in bulk")),
    bulkQuerySet: () => Promise.reject(new Error("nothing is read in bulk")),
    endBulkQuery: () => Promise.reject(new Error("nothing is read in bulk")),

    updateCampaigns: (records) =>
      call(
        "write",
        () => {
          const concerned: string[] = [];
          const results = records.map(({ id, values }): WriteResult => {
            if (faults.strikes("row_lock", random.next())) {
              world.note(`salesforce write ${id} locked`);
              const message = "unable to obtain exclusive access to this record";
              return { ok: false, refusals: [{ code: "UNABLE_TO_LOCK_ROW", message, fields: [] }] };
            }
            const row = org.campaigns.get(id);
            const before = row === undefined ? null : new Map(row.values);
            const outcome = save(org, row, values, "integration", timeline.now());
            const result = outcome.ok ? "taken" : "refused";
            world.note(`salesforce write ${id} ${JSON.stringify(values)} ${result}`);
            for (const observer of world.observers) {
              observer.onWrite({ target: "campaign", id, values, before, outcome: result });
            }
            if (!outcome.ok) return outcome;
            tell(world, outcome.saved);
            if (concernsSync(org, outcome.saved, "integration")) concerned.push(id);
            return { ok: true };
          });
          publishChanged(world, concerned);
          return results;
        },
        { writes: records.map(({ id }) => `campaign ${id}`), workMs: recordMs * records.length },
      ),

    users: () => call("users", () => []),
    recordTypes: () => call("record types", () => []),
    recordTypeList: () => call("record type", () => new Map()),
  };
}

/** Creating Campaigns is off in this org. */
export function createSimCreating(
  world: World,
  life: Life,
  circuit: Circuit,
): CampaignCreationClient {
  const call = <T>(kind: string, work: () => T) =>
    circuit.run(() => callSalesforce(world, life, kind, { work }));
  return {
    settingRow: () => call("setting", () => null),
    recordTypes: () => call("record types", () => []),
    campaignExists: () => call("parent", () => false),
    eventsWithBinnedCampaign: () => call("bin", () => new Set()),
    upsertByEvent: () => Promise.reject(new Error("creating Campaigns is off")),
  };
}

/** As the service's state does, which the package answers with an event. */
export function sendHeartbeat(
  world: World,
  life: Life,
  circuit: Circuit,
  requestId: string,
): Promise<void> {
  const work = () => publishHeartbeat(world, requestId);
  return circuit.run(() => callSalesforce(world, life, "heartbeat", { work }));
}

function tell(world: World, saved: Saved): void {
  for (const observer of world.observers) observer.onCampaignSaved(saved, "integration");
}

function add(rows: Set<CampaignRow>, row: CampaignRow | undefined): void {
  if (row !== undefined && !row.deleted) rows.add(row);
}

function isAfter(row: CampaignRow, at: number, id: string | null): boolean {
  const second = Math.floor(at / 1_000) * 1_000;
  if (id === null) return row.modifiedAt >= second;
  return row.modifiedAt > second || (row.modifiedAt === second && row.id > id);
}

function toCampaign(row: CampaignRow, fields: readonly string[]): Campaign {
  const eventId = row.values.get(linkField);
  return {
    id: row.id,
    name: (row.values.get("Name") as string | null | undefined) ?? "",
    eventId: typeof eventId === "string" ? eventId : null,
    modifiedAt: row.modifiedAt,
    recordTypeId: null,
    values: Object.fromEntries(fields.map((name) => [name, row.values.get(name) ?? null])),
  };
}
