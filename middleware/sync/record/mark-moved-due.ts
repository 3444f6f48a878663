/**
 * Salesforce may tell of a Campaign alone, which is known as the one of its old Event: that Event's
 * turn finds whom the Campaign names now, and has that one looked at.
 */
import type { Transaction } from "kysely";
import type { Clock } from "../../runtime/clock.ts";
import { eventSubject, markDue } from "../../queue/due-links.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { LastUsed } from "../../runtime/last-used.ts";
import type { WrittenTask } from "../plan/link-task.ts";

/** By Event that has yet to move: the Campaign that named it in its own last pass on this node. */
export type HoldersSeen = LastUsed<string, { readonly campaignId: string; readonly atMs: number }>;

/** Another process may have seen that it was named no longer meanwhile. */
const seenLastsMs = 5 * 60_000;

/**
 * An Event whose own pass saw that the Campaign names it waits with its own delay: a
 * notification would end that delay. Events that change places would notify one another again
 * and again for as long as none of them can be finished.
 */
export async function markMovedDue(
  parts: { readonly clock: Clock; readonly holdersSeen: HoldersSeen },
  trx: Transaction<Tables>,
  tasks: readonly WrittenTask[],
  nowMs: number,
): Promise<void> {
  const { clock, holdersSeen } = parts;
  const atMs = clock.elapsedMs();
  for (const { eventId, holderId, known } of tasks) {
    const isMoving = holderId !== null && holderId !== known?.campaignId;
    if (isMoving) holdersSeen.keep(eventId, { campaignId: holderId, atMs });
    else holdersSeen.forget(eventId);
  }
  for (const { movedTo, known, released, due } of tasks) {
    const seen = holdersSeen.get(movedTo ?? "");
    const knows =
      seen !== undefined && seen.campaignId === known?.campaignId && atMs - seen.atMs < seenLastsMs;
    const others = [knows ? null : movedTo, released].filter((it) => it !== null);
    if (others.length === 0) continue;
    await markDue(trx, others.map(eventSubject), due.cause, nowMs);
  }
}
