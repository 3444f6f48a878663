/** Applies accepted webhooks: the Events' states and their due links in one transaction. */
import type { Transaction } from "kysely";
import type { Clock } from "../../runtime/clock.ts";
import { describeError } from "../../runtime/errors.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { Log } from "../../runtime/log.ts";
import { eventSubject, markDue, type Subject } from "../../queue/due-links.ts";
import type { Database } from "../../store/database/database.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { Inbox, KeptWebhook } from "../../store/inbox/inbox.ts";
import { takeDeliveries } from "../../store/intake/deliveries.ts";
import { doubtEvents, saveEvents } from "../../store/intake/event-snapshots.ts";
import { webhooksArrived } from "../../store/intake/sweep-findings.ts";
import { markLinked } from "../../store/links/event-link-history.ts";
import type { OwnEchoes } from "../../sync/write/own-echoes.ts";
import type { CircaEvent } from "../../model/records.ts";
import { eventIdFault } from "../../systems/circa/webhook-shape.ts";
import { readWebhook, type CircaMessage } from "./webhook-message.ts";

export interface AcceptParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFailpoint: OnFailpoint;
  readonly inbox: Inbox;
  /** Called with the states that webhooks bring. @default no listener */
  readonly echoes?: OwnEchoes;
  /** Called after the commit: links are due. */
  readonly onLinksDue: () => void;
  /** Called after the commit: Circa's catalogue of fields has changed. */
  readonly onFieldsChanged: () => void;
  /** Called after the commit: so many could not be read, and their Events are asked for. */
  readonly onUnreadable: (count: number) => void;
}

type EventMessage = Extract<CircaMessage, { kind: "event" }> & { readonly receivedAt: number };

/** Why a link became due, where that were states of its Event only. */
interface ToldStates {
  readonly subject: Subject;
  readonly generation: number;
  readonly states: readonly CircaEvent[];
}

/** What a batch holds, as far as each can be read. */
interface ReadBatch {
  readonly events: readonly EventMessage[];
  readonly fieldsChanged: boolean;
  readonly unreadable: readonly KeptWebhook[];
}

/** `asUnreadable`: its Events are asked for, whatever it says of them. */
export type ApplyWebhooks = (
  max: number,
  how?: { readonly asUnreadable: boolean },
) => Promise<number>;

/**
 * Applies the oldest webhooks of the inbox; one that was applied before has no effect.
 * @returns how many were taken: 0 when none waits
 */
export function acceptWebhooks(parts: AcceptParts): ApplyWebhooks {
  const { database, clock, inbox } = parts;
  return async (max, { asUnreadable } = { asUnreadable: false }) => {
    const { taken, told, signalled, batch } = await database.write(async (trx) => {
      const taken = await inbox.take(trx, max);
      const fresh = await takeDeliveries(trx, taken, ({ id }) => id, clock.now());
      const batch = readBatch(parts.log, fresh, asUnreadable);
      const accepted = await acceptEvents(parts, trx, batch);
      parts.onFailpoint("webhooks_in_transaction");
      return { ...accepted, taken: taken.length, batch };
    });
    parts.onFailpoint("webhooks_committed");
    inbox.taken();
    for (const { subject, generation, states } of told) {
      parts.echoes?.note(subject, generation, states);
    }
    if (signalled) parts.onLinksDue();
    if (batch.fieldsChanged) parts.onFieldsChanged();
    if (batch.unreadable.length > 0) parts.onUnreadable(batch.unreadable.length);
    return taken;
  };
}

function readBatch(log: Log, webhooks: readonly KeptWebhook[], asUnreadable: boolean): ReadBatch {
  const events: EventMessage[] = [];
  const unreadable: KeptWebhook[] = [];
  // Of what can't be read it is not known that no field has changed.
  let fieldsChanged = asUnreadable;
  for (const webhook of webhooks) {
    if (asUnreadable) {
      unreadable.push(webhook);
      continue;
    }
    try {
      const message = readWebhook(webhook.id, webhook.body);
      if (message.kind === "field") fieldsChanged = true;
      else events.push({ ...message, receivedAt: webhook.receivedAt });
    } catch (error) {
      log.error({ error: describeError(error) }, "an accepted webhook can't be read");
      unreadable.push(webhook);
    }
  }
  return { events, fieldsChanged, unreadable };
}

/**
 * A statement or two per kind of row, however many messages: other processes wait for the locks.
 * Rows are locked in the same order everywhere: Events by id, then the queue. Otherwise two
 * processes that take the same Events would wait for each other.
 */
async function acceptEvents(
  { database, clock }: AcceptParts,
  trx: Transaction<Tables>,
  { events: messages, unreadable }: ReadBatch,
): Promise<{ readonly told: readonly ToldStates[]; readonly signalled: boolean }> {
  const nowMs = clock.now();
  const states = messages.map(({ type, answer, receivedAt }) => ({
    answer,
    deleted: type === "event.deleted",
    receivedAt,
    source: "webhook" as const,
    // Whether connecting counts as a new version is Circa's affair.
    doubtful: isAboutLink(type),
  }));
  const asked = unreadable.flatMap(({ body }) => eventIdIn(body) ?? []);
  const news = await saveEvents(database, trx, states, asked);
  await doubtEvents(trx, asked);
  await webhooksArrived(
    database,
    trx,
    messages.map(({ answer }) => answer.event),
  );
  // Also a link that ends before its pass was one that a person made.
  const aboutLinks = messages.filter(({ type }) => isAboutLink(type));
  await markLinked(trx, aboutLinks.map(eventIdOf), nowMs);
  // A state that was seen before has been worked on, or still is due: an echo ends here.
  const due = messages.filter(({ type }, nth) => news[nth] === true || isAboutLink(type));
  const subjects = due.map(eventIdOf).map(eventSubject);
  const all = [...subjects, ...asked.map(eventSubject)];
  const generations = await markDue(trx, all, "webhook", nowMs);
  const told = [...generations].flatMap(([subject, generation]) => {
    const own = due.filter((_, nth) => subjects[nth] === subject);
    if (own.some(({ type }) => type !== "event.updated")) return [];
    return [{ subject, generation, states: own.map(({ answer }) => answer.event) }];
  });
  return { told, signalled: generations.size > 0 };
}

/** The Event that an unreadable body is about, where it names one. */
function eventIdIn(body: string): string | null {
  try {
    const { data } = JSON.parse(body) as { data?: { id?: unknown } };
    return eventIdFault(data?.id) === null ? String(data?.id) : null;
  } catch {
    return null;
  }
}

const eventIdOf = ({ answer }: EventMessage) => answer.event.id;

const isAboutLink = (type: EventMessage["type"]) =>
  type === "event.connected" || type === "event.disconnected";
