/** Circa's API as it answers each request, by its own rules. */
import type { Random } from "../engine/random.ts";
import type { World } from "../world.ts";
import { announceEvent, announceField } from "./announce.ts";
import { CampaignIsTakenError, connect, editEvent } from "./edit.ts";
import { json, refusal, type HttpAnswer, type HttpRequest } from "./http.ts";
import type { EventRow, FieldRow, FieldSync } from "./workspace.ts";

const pageSize = 25;

export interface Served {
  /** For the ledger. */
  readonly kind: string;
  /** Keys of the records that it writes. */
  readonly writes: readonly string[];
  /** What happens on arrival. */
  readonly answer: () => HttpAnswer;
}

/** Of the request's parts that say what it is about. */
type Handler = (world: World, request: HttpRequest, id: string) => HttpAnswer;

interface Route {
  readonly kind: string;
  readonly handle: Handler;
  readonly writesEvent?: true;
}

const routes: Readonly<Record<string, Route>> = {
  "GET events": { kind: "list", handle: listEvents },
  "GET events/*": { kind: "read", handle: readEvent },
  "PATCH events/*": { kind: "write", handle: writeEvent, writesEvent: true },
  "PUT events/*/salesforce_campaign": {
    kind: "connect",
    handle: connectCampaign,
    writesEvent: true,
  },
  "PUT events/*/crm_sync_status": { kind: "status", handle: showStatus },
  "GET fields": { kind: "fields", handle: listFields },
  "PUT fields/*/crm_sync": { kind: "lock", handle: lockField },
  "DELETE fields/*/crm_sync": { kind: "unlock", handle: unlockField },
  "GET teams": {
    kind: "teams",
    handle: (_, request) =>
      page(
        ["team-1"].map((id) => ({ id })),
        request,
      ),
  },
  "GET webhooks": {
    kind: "webhooks",
    handle: ({ workspace }) => json(200, { data: workspace.endpoints }),
  },
  "GET crm_sync": {
    kind: "claim",
    handle: ({ workspace }) => json(200, { provider: "salesforce", claim: workspace.claim }),
  },
  "PUT crm_sync": { kind: "claiming", handle: saveClaim },
};

export function serve(world: World, request: HttpRequest): Served {
  const [collection, id = "", ...rest] = request.path;
  const shape = [collection, ...(id === "" ? [] : ["*"]), ...rest].join("/");
  const route = routes[`${request.method} ${shape}`];
  if (route === undefined) throw new Error(`Circa's model has no ${request.method} ${shape}`);
  return {
    kind: `circa ${route.kind}`,
    writes: route.writesEvent === true ? [`event ${id}`] : [],
    answer: () => route.handle(world, request, id),
  };
}

function noSuchEvent({ signs }: World, id: string): HttpAnswer {
  signs.tell(id, "its own 404");
  return refusal(404, "not_found", `There is no Event ${id}`);
}
const noSuchField = (key: string) => refusal(404, "not_found", `There is no field ${key}`);

function page(rows: readonly unknown[], { query }: HttpRequest): HttpAnswer {
  const at = Number(query.get("page") ?? "1");
  return json(200, { data: rows.slice((at - 1) * pageSize, at * pageSize) });
}

function listEvents({ workspace, faults, signs }: World, request: HttpRequest): HttpAnswer {
  const since = Math.floor(Date.parse(request.query.get("updated_at[min]") ?? "") / 1_000);
  const at = Number(request.query.get("page") ?? "1");
  const rows = [...workspace.events.values()].filter(
    ({ updatedAt }) => Number.isNaN(since) || Math.floor(updatedAt / 1_000) >= since,
  );
  // A row that moves to the end moves others to a page that has been read.
  if (faults.strikes("circa_pages_drift", 0)) rows.sort((a, b) => a.updatedAt - b.updatedAt);
  const shown = rows.slice((at - 1) * pageSize, at * pageSize);
  if (shown.length > 0) signs.listed();
  const bodies = shown.map((row) => workspace.textOf(row));
  return { status: 200, text: `{"data":[${bodies.join(",")}]}` };
}

function readEvent(world: World, _request: HttpRequest, id: string): HttpAnswer {
  const { workspace } = world;
  const row = isStale(world) ? staleRow(world, id) : workspace.events.get(id);
  return row === undefined ? noSuchEvent(world, id) : { status: 200, text: workspace.textOf(row) };
}

const staleReads = new WeakMap<World, Random>();

function isStale(world: World): boolean {
  if (world.faults.rate("circa_stale") === 0) return false;
  const random = staleReads.get(world) ?? world.random("stale reads");
  staleReads.set(world, random);
  return world.faults.strikes("circa_stale", random.next());
}

/** As a replica has it that lags behind. */
function staleRow({ workspace, timeline }: World, id: string): EventRow | undefined {
  const before = workspace.staleRow(id, timeline.now());
  return before === undefined ? workspace.events.get(id) : (before ?? undefined);
}

function writeEvent(world: World, request: HttpRequest, id: string): HttpAnswer {
  const { workspace, timeline } = world;
  const row = workspace.events.get(id);
  if (row === undefined) return noSuchEvent(world, id);
  const movedOn = refuseIfMovedOn(world, request, row);
  if (movedOn !== null) return movedOn;
  const { custom_fields: custom, ...standard } = request.body;
  const values = { ...standard, ...(custom as Record<string, unknown> | undefined) };
  const outcome = editEvent(workspace, row, values, { person: false }, timeline.now());
  const taken = outcome.ok ? "taken" : "refused";
  world.note(`circa write ${id} ${JSON.stringify(values)} ${taken}`);
  for (const observer of world.observers) {
    observer.onWrite({ target: "event", id, values, before: row.values, outcome: taken });
  }
  if (!outcome.ok) {
    const errors = outcome.refusals.map(({ code, message, fields: [field = null] }) => ({
      field,
      code,
      message,
    }));
    return json(422, { errors });
  }
  if (outcome.changed.length > 0) {
    tell(world, row, outcome.row);
    announceEvent(world, "event.updated", outcome.row);
  }
  return { status: 200, text: workspace.textOf(outcome.row) };
}

function refuseIfMovedOn(
  world: World,
  { ifMatch }: HttpRequest,
  { id, version }: EventRow,
): HttpAnswer | null {
  if (ifMatch === null || ifMatch === String(version)) return null;
  world.note(`circa write ${id} at ${ifMatch} refused: it is at ${version}`);
  return refusal(412, "precondition_failed", `${id} has moved on`);
}

function connectCampaign(world: World, request: HttpRequest, id: string): HttpAnswer {
  const { workspace, timeline } = world;
  const row = workspace.events.get(id);
  if (row === undefined) return noSuchEvent(world, id);
  const movedOn = refuseIfMovedOn(world, request, row);
  if (movedOn !== null) return movedOn;
  const campaignId = request.body["campaign_id"] as string | null;
  let after: EventRow;
  try {
    after = connect(workspace, row, campaignId, timeline.now());
  } catch (error) {
    if (!(error instanceof CampaignIsTakenError)) throw error;
    return refusal(409, "conflict", error.message);
  }
  world.note(`circa connect ${id} ${campaignId ?? "nothing"}`);
  if (after !== row) {
    tell(world, row, after);
    const type = campaignId === null ? "event.disconnected" : "event.connected";
    announceEvent(world, type, after);
  }
  return { status: 200, text: workspace.textOf(after) };
}

function showStatus(world: World, { body }: HttpRequest, id: string): HttpAnswer {
  const row = world.workspace.events.get(id);
  world.note(`circa status ${id} ${String(body["state"])}`);
  return row === undefined
    ? noSuchEvent(world, id)
    : { status: 200, text: world.workspace.textOf(row) };
}

function saveClaim(world: World, { body }: HttpRequest): HttpAnswer {
  world.note(`circa claim ${JSON.stringify(body["claim"])}`);
  world.workspace.claim = body["claim"] ?? null;
  if (world.workspace.claim === null) world.org.claimReleases += 1;
  return json(200, body);
}

function tell(world: World, before: EventRow, after: EventRow): void {
  for (const observer of world.observers) observer.onEventEdited(before, after, "integration");
}

function listFields({ workspace }: World, request: HttpRequest): HttpAnswer {
  const rows = [...workspace.fields.values()].filter(({ key }) => !workspace.isHidden(key));
  return page(rows.map(fieldBody), request);
}

function lockField(world: World, { body }: HttpRequest, key: string): HttpAnswer {
  const field = world.workspace.field(key);
  if (field === undefined) return noSuchField(key);
  const sync: FieldSync = {
    direction: body["direction"] as FieldSync["direction"],
    campaignField: body["campaign_field"] as string,
    options: body["options"] as FieldSync["options"],
  };
  field.sync = sync;
  field.options = sync.options?.map(({ value }) => value) ?? field.options;
  world.note(`circa lock ${key} ${JSON.stringify(sync)}`);
  announceField(world, key);
  return json(200, fieldBody(field));
}

function unlockField(world: World, _request: HttpRequest, key: string): HttpAnswer {
  const field = world.workspace.field(key);
  if (field === undefined) return noSuchField(key);
  if (field.sync !== null) announceField(world, key);
  field.sync = null;
  world.note(`circa unlock ${key}`);
  return { status: 204, text: "" };
}

function fieldBody({ key, id, custom, type, required, options, sync }: FieldRow): unknown {
  return {
    id,
    label: key,
    field_name: custom ? null : key,
    field_type: type,
    options,
    section: custom ? "Custom" : "Basics",
    required,
    read_only: false,
    crm_sync:
      sync === null
        ? null
        : {
            provider: "salesforce",
            direction: sync.direction,
            campaign_field: sync.campaignField,
            options: sync.options,
          },
  };
}
