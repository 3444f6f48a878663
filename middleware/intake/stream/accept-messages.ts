/** Makes the stream's messages durable: their due links and the checkpoint in one transaction. */
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Clock } from "../../runtime/clock.ts";
import {
  campaignSubject,
  eventSubject,
  markDue,
  type Cause,
  type Subject,
} from "../../queue/due-links.ts";
import { moveCheckpoint, writeCheckpoint } from "../../store/intake/checkpoints.ts";
import type { Database } from "../../store/database/database.ts";
import { takeDeliveries } from "../../store/intake/deliveries.ts";
import { eventIdsOfCampaigns } from "../../store/links/links.ts";
import { noteRequest } from "../../store/ui/ui-projection.ts";
import { signalArrived } from "../../store/intake/sweep-findings.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import { eventIdSchema } from "../../systems/circa/schemas.ts";
import { heartbeatKind, type PlatformEventMessage } from "./platform-event-message.ts";

export interface AcceptMessageParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly onFailpoint: OnFailpoint;
  readonly onLinksDue: () => void;
  readonly onMappingsChanged: () => void;
  /** A screen asks for something; called once for each, after the commit. @default it is not heard */
  readonly onRequest?: ((event: PlatformEventMessage) => void) | undefined;
}

/** Kinds that are answered rather than worked on. */
const requestKinds: ReadonlySet<string> = new Set(["preview_requested", "state_requested"]);

/** Another subscriber has moved the checkpoint: what we hold is its to keep, or kept already. */
export class CheckpointMovedError extends Error {
  override readonly name = "CheckpointMovedError";
}

/**
 * Keeps the events, if the checkpoint is still where the session that brought them resumed from or
 * where the last events of it were kept. Replay ids tell no order, so "not backwards" can only mean
 * "from where I know it to be".
 * @param events in the order of the stream; never empty
 * @param from the checkpoint as it is known to be; null while there is none
 * @throws CheckpointMovedError when it is not; then nothing is stored
 */
export async function acceptMessages(
  parts: AcceptMessageParts,
  events: readonly PlatformEventMessage[],
  from: string | null,
): Promise<void> {
  const { database, clock, onFailpoint } = parts;
  const last = events.at(-1);
  if (last === undefined) return;
  onFailpoint("events_received");
  const { signalled, mappingsChanged, requests } = await database.write(async (trx) => {
    const kept = {
      signalled: false,
      mappingsChanged: false,
      requests: [] as PlatformEventMessage[],
    };
    const { replayId } = last;
    if (!(await moveCheckpoint(trx, "stream", { from, to: replayId }, clock.now()))) {
      throw new CheckpointMovedError("another node has taken messages of the stream");
    }
    const fresh = await takeNew(parts, trx, events);
    const named = new Set(fresh.flatMap(({ campaignIds }) => campaignIds));
    const subjectOf = await linksOf(parts, trx, [...named]);
    const due = new Map<Subject, Cause>();
    for (const event of fresh) {
      const { kind, campaignIds } = event;
      if (kind === "mappings_changed") kept.mappingsChanged = true;
      if (requestKinds.has(kind)) kept.requests.push(event);
      const asked = kind === "sync_requested" ? readRetry(event.detail) : nothingAsked;
      if (kind === "sync_requested" && event.requestId !== null) {
        await noteRequest(trx, campaignIds, event.requestId);
      }
      const subjects = [...campaignIds.map(subjectOf), ...asked.subjects];
      if (asked.fields) kept.mappingsChanged = true;
      if (subjects.length === 0) continue;
      for (const subject of subjects) {
        due.set(subject, kind === "sync_requested" ? "admin" : (due.get(subject) ?? "stream"));
      }
      kept.signalled = true;
    }
    if (fresh.some(({ kind }) => kind === "mappings_changed")) {
      // They may be as before, and have been others in between: Salesforce was silent about a field
      // that was not mapped then.
      await writeCheckpoint(trx, "mappings", `heard:${clock.uuid()}`, clock.now());
    }
    // Together: every transaction locks the queue's rows in one order.
    for (const cause of ["stream", "admin"] as const) {
      const subjects = [...due].filter(([, its]) => its === cause).map(([subject]) => subject);
      await markDue(trx, subjects, cause, clock.now());
    }
    onFailpoint("events_in_transaction");
    return kept;
  });
  onFailpoint("events_committed");
  if (signalled) parts.onLinksDue();
  if (mappingsChanged) parts.onMappingsChanged();
  for (const request of requests) parts.onRequest?.(request);
}

/** Salesforce delivers at least once: a repeated event has the same EventUuid. */
function takeNew(
  { clock }: AcceptMessageParts,
  trx: Transaction<Tables>,
  events: readonly PlatformEventMessage[],
): Promise<PlatformEventMessage[]> {
  // A heartbeat only moves the checkpoint.
  const told = events.filter(({ kind }) => kind !== heartbeatKind);
  const idOf = ({ eventUuid }: PlatformEventMessage) => `event:${eventUuid}`;
  return takeDeliveries(trx, told, idOf, clock.now());
}

/** @returns says which link a Campaign stands for */
async function linksOf(
  { database }: AcceptMessageParts,
  trx: Transaction<Tables>,
  campaignIds: readonly string[],
): Promise<(campaignId: string) => Subject> {
  await signalArrived(database, trx, campaignIds);
  const known = await eventIdsOfCampaigns(trx, campaignIds);
  return (campaignId) => {
    const eventId = known.get(campaignId);
    return eventId === undefined ? campaignSubject(campaignId) : eventSubject(eventId);
  };
}

/** Retries of a person without a Campaign: Events, and fields as a whole. */
interface Retry {
  readonly subjects: readonly Subject[];
  /** A field's own problem depends on the mappings, which are read again. */
  readonly fields: boolean;
}
const nothingAsked: Retry = { subjects: [], fields: false };

const idsOrNone = (id: z.ZodString) => z.array(id).max(200).catch([]).default([]);
const retrySchema = z.object({
  eventIds: idsOrNone(eventIdSchema),
  fieldKeys: idsOrNone(z.string().min(1).max(255)),
});

function readRetry(detail: unknown): Retry {
  const parsed = retrySchema.safeParse(detail);
  if (!parsed.success) return nothingAsked;
  const { eventIds, fieldKeys } = parsed.data;
  return { subjects: eventIds.map(eventSubject), fields: fieldKeys.length > 0 };
}
