/** Webhooks that are accepted and applied at once, in place of a door and its journal. */
import { acceptWebhooks } from "../../middleware/intake/webhooks/accept-webhooks.ts";
import { WebhookDrain } from "../../middleware/intake/webhooks/drain.ts";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { noFailpoint } from "../../middleware/runtime/failpoints.ts";
import { createLog } from "../../middleware/runtime/log.ts";
import type { Database } from "../../middleware/store/database/database.ts";
import { MemoryInbox } from "../../simulation/circa/memory-inbox.ts";

export interface AcceptedWebhook {
  readonly id: string;
  readonly type: string;
  /** The Event. */
  readonly data: object;
}

/** @returns accepts one; resolves when it is applied */
export function applyTo(
  database: Database,
  onLinksDue: () => void = () => undefined,
): (webhook: AcceptedWebhook) => Promise<void> {
  const parts = { clock: systemClock, log: createLog("silent"), onFailpoint: noFailpoint };
  const nothing = () => undefined;
  const inbox = new MemoryInbox(noFailpoint);
  const apply = acceptWebhooks({
    ...parts,
    database,
    inbox,
    onLinksDue,
    onFieldsChanged: nothing,
    onUnreadable: nothing,
  });
  const drain = new WebhookDrain({ ...parts, inbox, apply, onApplied: nothing });
  return ({ id, ...content }) => {
    const timestamp = new Date().toISOString();
    const body = JSON.stringify({ ...content, timestamp });
    const applied = inbox.add({ id, receivedAt: systemClock.now(), body });
    drain.wake();
    return applied;
  };
}
