/** Makes webhooks durable: the Event's state and the due link in one transaction. */
import type { Transaction } from "kysely";
import type { Clock } from "../../runtime/clock.ts";
import { eventSubject, markDue, type Subject } from "../../queue/due-links.ts";
import type { Database } from "../../store/database/database.ts";
import { takeDeliveries } from "../../store/intake/deliveries.ts";
import { markLinked } from "../../store/links/event-link-history.ts";
import { saveEvents } from "../../store/intake/event-snapshots.ts";
import { webhooksArrived } from "../../store/intake/sweep-findings.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { OwnEchoes } from "../../sync/write/own-echoes.ts";
import type { CircaEvent } from "../../model/records.ts";
import { GroupCommit } from "./group-commit.ts";
import type { CircaMessage } from "./webhook-message.ts";

export interface AcceptParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly onFailpoint: OnFailpoint;
  /** Called with the states that webhooks bring. @default no listener */
  readonly echoes?: OwnEchoes;
  /** Called after the commit: links are due. */
  readonly onLinksDue: () => void;
  /** Called after the commit: Circa's catalogue of fields has changed. */
  readonly onFieldsChanged: () => void;
}

type EventMessage = Extract<CircaMessage, { kind: "event" }>;

/** Why a link became due, where that were states of its Event only. */
interface ToldStates {
  readonly subject: Subject;
  readonly generation: number;
  readonly states: readonly CircaEvent[];
}

/** @returns resolves when the message is durable; a message taken before has no effect */
export function acceptWebhooks(parts: AcceptParts): (message: CircaMessage) => Promise<void> {
  const commit = async (messages: readonly CircaMessage[]) => {
    const { told, signalled, fieldsChanged } = await parts.database.write(async (trx) => {
      const { clock } = parts;
      const fresh = await takeDeliveries(trx, messages, ({ id }) => id, clock.now());
      const events = fresh.filter((message) => message.kind === "event");
      const accepted = await acceptEvents(parts, trx, events);
      parts.onFailpoint("webhooks_in_transaction");
      return { ...accepted, fieldsChanged: fresh.some(({ kind }) => kind === "field") };
    });
    parts.onFailpoint("webhooks_committed");
    for (const { subject, generation, states } of told) {
      parts.echoes?.note(subject, generation, states);
    }
    if (signalled) parts.onLinksDue();
    if (fieldsChanged) parts.onFieldsChanged();
  };
  const commits = new GroupCommit(commit, () => parts.clock.sleep(0));
  return (message) => {
    parts.onFailpoint("webhook_received");
    return commits.add(message);
  };
}

/**
 * A statement or two per kind of row, however many messages: other processes wait for the locks.
 * Rows are locked in the same order everywhere: Events by id, then the queue. Otherwise two
 * processes that take the same Events would wait for each other.
 */
async function acceptEvents(
  { database, clock }: AcceptParts,
  trx: Transaction<Tables>,
  messages: readonly EventMessage[],
): Promise<{ readonly told: readonly ToldStates[]; readonly signalled: boolean }> {
  const nowMs = clock.now();
  const states = messages.map(({ type, answer }) => ({
    answer,
    deleted: type === "event.deleted",
    receivedAt: nowMs,
    source: "webhook" as const,
    // Whether connecting counts as a new version is Circa's affair.
    doubtful: isAboutLink(type),
  }));
  const news = await saveEvents(database, trx, states);
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
  const generations = await markDue(trx, subjects, "webhook", nowMs);
  const told = [...generations].flatMap(([subject, generation]) => {
    const own = due.filter((_, nth) => subjects[nth] === subject);
    if (own.some(({ type }) => type !== "event.updated")) return [];
    return [{ subject, generation, states: own.map(({ answer }) => answer.event) }];
  });
  return { told, signalled: generations.size > 0 };
}

const eventIdOf = ({ answer }: EventMessage) => answer.event.id;

const isAboutLink = (type: EventMessage["type"]) =>
  type === "event.connected" || type === "event.disconnected";
