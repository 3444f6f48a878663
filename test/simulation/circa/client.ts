/** Circa's API for one node, at the level of the service's own client interface. */
import { SystemError } from "../../../middleware/errors.ts";
import type { CircaClient } from "../../../middleware/systems/circa/client.ts";
import {
  eventWebhookTypes,
  fieldSchema,
  fieldWebhookTypes,
} from "../../../middleware/systems/circa/schemas.ts";
import type { Circuit } from "../../../middleware/systems/circuit.ts";
import type { Life } from "../engine/mortal.ts";
import type { World } from "../world.ts";
import { announceEvent, announceField } from "./announce.ts";
import { connect, editEvent } from "./edit.ts";
import type { EventRow, FieldRow } from "./workspace.ts";

const pageSize = 25;

export function createSimCirca(world: World, life: Life, circuit: Circuit): CircaClient {
  const { workspace, network, timeline } = world;
  const call = <T>(kind: string, work: () => T, writes: readonly string[] = []) =>
    circuit.run(() => network.call(life, { system: "circa", kind: `circa ${kind}`, work, writes }));
  const eventOf = (eventId: string): EventRow => {
    const row = workspace.events.get(eventId);
    if (row === undefined) throw new SystemError("circa", "not_found", `no Event ${eventId}`);
    return row;
  };
  const tell = (before: EventRow, after: EventRow) => {
    for (const observer of world.observers) observer.onEventEdited(before, after, "integration");
  };

  return {
    readEvent: (eventId) =>
      call("read", () => {
        const row = workspace.events.get(eventId);
        return row === undefined ? null : workspace.answerOf(row);
      }),

    async *changedEvents(sinceMs, { fromPage = 1 } = {}) {
      for (let page = fromPage - 1; ; page += 1) {
        const since = Math.floor(sinceMs / 1_000);
        const rows = await call("list", () =>
          [...workspace.events.values()]
            .filter(({ updatedAt }) => Math.floor(updatedAt / 1_000) >= since)
            .slice(page * pageSize, (page + 1) * pageSize)
            .map((row) => workspace.answerOf(row)),
        );
        yield rows;
        if (rows.length < pageSize) return;
      }
    },

    writeEvent: (eventId, values, { version }) =>
      call(
        "write",
        () => {
          const row = eventOf(eventId);
          if (version !== null && version !== row.version) {
            world.note(`circa write ${eventId} at ${version} refused: it is at ${row.version}`);
            throw new SystemError("circa", "conflict", `${eventId} has moved on`, { status: 412 });
          }
          const outcome = editEvent(workspace, row, values, { person: false }, timeline.now());
          world.note(
            `circa write ${eventId} ${JSON.stringify(values)} ${outcome.ok ? "taken" : "refused"}`,
          );
          const write = { target: "event", id: eventId, values, before: row.values } as const;
          for (const observer of world.observers) {
            observer.onWrite({ ...write, outcome: outcome.ok ? "taken" : "refused" });
          }
          if (!outcome.ok) {
            const { refusals } = outcome;
            throw new SystemError("circa", "rejected", "HTTP 422", { status: 422, refusals });
          }
          if (outcome.changed.length > 0) {
            tell(row, outcome.row);
            announceEvent(world, "event.updated", outcome.row);
          }
          return workspace.answerOf(outcome.row);
        },
        [`event ${eventId}`],
      ),

    fields: () =>
      call("fields", () =>
        [...workspace.fields.values()].map((row) => fieldSchema.parse(json(row))),
      ),

    teamIds: () => call("teams", () => ["team-1"]),

    putFieldSync: (key, sync) =>
      call("lock", () => {
        const field = fieldOf(world, key);
        field.sync = sync;
        field.options = sync.options?.map(({ value }) => value) ?? field.options;
        world.note(`circa lock ${key} ${JSON.stringify(sync)}`);
        announceField(world, key);
        return true;
      }),

    removeFieldSync: (key) =>
      call("unlock", () => {
        const field = fieldOf(world, key);
        if (field.sync !== null) announceField(world, key);
        field.sync = null;
        world.note(`circa unlock ${key}`);
        return true;
      }),

    connectCampaign: (eventId, campaignId) =>
      call(
        "connect",
        () => {
          const row = workspace.events.get(eventId);
          // As the real client: what Circa does not know counts as an endpoint that is not there.
          if (row === undefined) return false;
          const after = connect(workspace, row, campaignId, timeline.now());
          world.note(`circa connect ${eventId} ${campaignId ?? "nothing"}`);
          if (after !== row) {
            tell(row, after);
            const type = campaignId === null ? "event.disconnected" : "event.connected";
            announceEvent(world, type, after);
          }
          return true;
        },
        [`event ${eventId}`],
      ),

    putSyncStatus: (eventId, { state }) =>
      call("status", () => {
        world.note(`circa status ${eventId} ${state}`);
        return workspace.events.has(eventId) ? "shown" : "gone";
      }),

    webhookEndpoints: () =>
      call("webhooks", () => [
        {
          url: "https://sync.example/webhooks/circa/default",
          enabled: true,
          types: [...eventWebhookTypes, ...fieldWebhookTypes],
        },
      ]),
  };
}

function fieldOf({ workspace }: World, key: string): FieldRow {
  const field = workspace.fields.get(key);
  if (field === undefined) throw new SystemError("circa", "not_found", `no field ${key}`);
  return field;
}

function json({ key, id, custom, type, required, options, sync }: FieldRow): unknown {
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
