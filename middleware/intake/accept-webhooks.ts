/** Makes webhooks durable: the Event's state and the link's signal in one transaction. */
import type { Transaction } from "kysely";
import type { Clock } from "../clock.ts";
import { eventSubject, signal, type Subject } from "../jobs/due-links.ts";
import type { Database } from "../jobs/storage/database.ts";
import { takeDelivery } from "../jobs/storage/deliveries.ts";
import { markLinked } from "../jobs/storage/event-pasts.ts";
import { forgetEvents, keepEvent } from "../jobs/storage/events-seen.ts";
import { webhookArrived } from "../jobs/storage/sweep-findings.ts";
import type { Tables } from "../jobs/storage/tables.ts";
import type { AtStep } from "../steps.ts";
import { GroupCommit } from "./group-commit.ts";
import type { CircaMessage } from "./webhook-message.ts";

export interface AcceptParts {
  readonly database: Database;
  readonly connection: string;
  readonly clock: Clock;
  readonly atStep: AtStep;
  /** Called after the commit: links are due. */
  readonly onSignal: () => void;
  /** Called after the commit: Circa's catalogue of fields has changed. */
  readonly onFieldsChanged: () => void;
}

/** @returns resolves when the message is durable; a message taken before has no effect */
export function acceptWebhooks(parts: AcceptParts): (message: CircaMessage) => Promise<void> {
  const commits = new GroupCommit<CircaMessage>(async (messages) => {
    const fieldsChanged = await parts.database.write(async (trx) => {
      let changed = false;
      const { connection, clock } = parts;
      const news: Extract<CircaMessage, { kind: "event" }>[] = [];
      for (const message of sortedBy(messages, ({ id }) => id)) {
        if (!(await takeDelivery(trx, connection, message.id, clock.now()))) continue;
        if (message.kind === "field") changed = true;
        else news.push(message);
      }
      const due: Subject[] = [];
      for (const message of sortedBy(news, ({ answer }) => answer.event.id)) {
        if (await acceptEvent(parts, trx, message)) due.push(eventSubject(message.answer.event.id));
      }
      await signal(trx, connection, due, "webhook", clock.now());
      parts.atStep("webhooks_in_transaction");
      return changed;
    });
    parts.atStep("webhooks_committed");
    parts.onSignal();
    if (fieldsChanged) parts.onFieldsChanged();
  });
  return (message) => {
    parts.atStep("webhook_received");
    return commits.add(message);
  };
}

/**
 * Rows are locked in the same order by everybody: Events by id, then the queue. Otherwise two
 * processes that take the same Events would wait for each other.
 */
function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((one, other) =>
    key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0,
  );
}

/** @returns true when the link has to be looked at */
async function acceptEvent(
  { database, connection, clock }: AcceptParts,
  trx: Transaction<Tables>,
  { type, answer }: Extract<CircaMessage, { kind: "event" }>,
): Promise<boolean> {
  const eventId = answer.event.id;
  const news = await keepEvent(database, trx, connection, answer, type === "event.deleted");
  await webhookArrived(trx, connection, answer.event);
  const aboutLink = type === "event.connected" || type === "event.disconnected";
  // Also a link that ends before its turn comes was one that somebody made.
  if (aboutLink) await markLinked(trx, connection, [eventId], clock.now());
  // A state that was seen before has been worked on, or still is due: an echo ends here. Whether
  // connecting counts as a new version is Circa's affair, so then the Event is read again.
  if (!news && !aboutLink) return false;
  if (!news) await forgetEvents(trx, connection, [eventId]);
  return true;
}
