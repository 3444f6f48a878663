/** Webhooks that a simulated node has received: each is answered once it is applied, durably. */
import type { OnFailpoint } from "../../middleware/runtime/failpoints.ts";
import type { CircaMessage } from "../../middleware/intake/webhooks/webhook-message.ts";
import type { Inbox, KeptWebhook, Waiting } from "../../middleware/store/inbox/inbox.ts";

export class MemoryInbox implements Inbox {
  readonly shared = false;
  readonly #onFailpoint: OnFailpoint;
  readonly #waiting: { readonly webhook: KeptWebhook; readonly onApplied: () => void }[] = [];
  #given = 0;

  constructor(onFailpoint: OnFailpoint) {
    this.#onFailpoint = onFailpoint;
  }

  /** Resolves when it is applied. */
  add(webhook: KeptWebhook): Promise<void> {
    return new Promise((onApplied) => this.#waiting.push({ webhook, onApplied }));
  }

  mayWait(): boolean {
    return this.#waiting.length > 0;
  }

  take(_trx: unknown, max: number): Promise<readonly KeptWebhook[]> {
    const taken = this.#waiting.slice(0, max);
    this.#given = taken.length;
    this.#onFailpoint("webhooks_read");
    return Promise.resolve(taken.map(({ webhook }) => webhook));
  }

  taken(): void {
    for (const { onApplied } of this.#waiting.splice(0, this.#given)) onApplied();
    this.#given = 0;
  }

  waiting(): Promise<Waiting> {
    const oldest = this.#waiting[0]?.webhook;
    return Promise.resolve({ count: this.#waiting.length, oldestAt: oldest?.receivedAt ?? null });
  }
}

/** The message as Circa would send it. */
export function keptWebhook(message: CircaMessage, receivedAt: number): KeptWebhook {
  const timestamp = new Date(receivedAt).toISOString();
  const content =
    message.kind === "event"
      ? { type: message.type, data: message.answer.body }
      : { type: "field.updated", data: {} };
  return { id: message.id, receivedAt, body: JSON.stringify({ ...content, timestamp }) };
}
