/** Circa's webhooks: each is sent until it is answered, on Circa's own schedule. */
import type { CircaMessage } from "../../middleware/intake/webhooks/webhook-message.ts";
import { eventSchema } from "../../middleware/systems/circa/schemas.ts";
import type { Faults } from "../engine/faults.ts";
import type { Random } from "../engine/random.ts";
import type { Timeline } from "../engine/timeline.ts";
import type { Signs } from "./signs.ts";

/** Takes a message; resolves once it is durable. Never settles when the node dies meanwhile. */
export type Receiver = (message: CircaMessage) => Promise<void>;

export interface WebhookParts {
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly random: Random;
  readonly note: (line: string) => void;
  readonly signs: Signs;
  /** The nodes that listen now. */
  readonly receivers: () => readonly Receiver[];
}

/** circa.md 3: "Circa waits 15 s, then retries after …". */
const timeoutMs = 15_000;
const retryAfterMs = [5, 30, 120, 600, 3_600, 21_600, 86_400].map((seconds) => seconds * 1_000);

export class WebhookSender {
  readonly #parts: WebhookParts;
  #ids = 0;
  readonly #pending = new Set<object>();
  /** Event ids whose webhook was lost for good since they were last asked for. */
  readonly dropped = new Set<string>();
  /** Ids of the messages that were answered, until they are cleared. */
  readonly acknowledged = new Set<string>();

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  /** Messages on their way, or waiting for their next try. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Only a comparison of everything finds it: an Event that is gone, or that has gone back. */
  needsFullComparison = false;

  send(make: (id: string) => CircaMessage, subject: string): void {
    const { faults, random } = this.#parts;
    this.#ids += 1;
    const whole = make(`msg_${this.#ids}`);
    const isPartial =
      faults.rate("webhook_partial") > 0 && faults.strikes("webhook_partial", random.next());
    const message = isPartial ? partOf(whole, random) : whole;
    if (faults.strikes("webhook_dropped", random.next())) {
      this.dropped.add(subject);
      if (message.kind === "event" && message.type === "event.deleted")
        this.needsFullComparison = true;
      this.#parts.note(`webhook ${message.id} of ${subject} is lost`);
      return;
    }
    const late = faults.strikes("webhook_late", random.next()) ? random.between(1_000, 65_000) : 0;
    this.#try(message, 0, late + random.between(2, 40));
    if (faults.strikes("webhook_doubled", random.next())) {
      this.#try(message, 0, random.between(2, 10_000));
    }
  }

  #try(message: CircaMessage, attempt: number, afterMs: number): void {
    const { timeline, random, faults } = this.#parts;
    const token = {};
    this.#pending.add(token);
    const again = () => {
      if (!this.#pending.delete(token)) return;
      const waitMs = retryAfterMs[attempt];
      if (waitMs !== undefined) this.#try(message, attempt + 1, waitMs);
    };
    timeline.after(afterMs, () => {
      const receivers = this.#parts.receivers();
      if (receivers.length === 0) {
        again();
        return;
      }
      const tooLate = timeline.after(timeoutMs, again);
      random
        .pick(receivers)(message)
        .then(
          () => {
            tooLate.cancel();
            this.#parts.note(`webhook ${message.id} is acknowledged`);
            this.acknowledged.add(message.id);
            if (message.kind === "event" && message.type === "event.deleted") {
              this.#parts.signs.tell(message.answer.event.id, "a delete webhook");
            }
            if (faults.strikes("webhook_unanswered", random.next())) again();
            else this.#pending.delete(token);
          },
          () => {
            tooLate.cancel();
            again();
          },
        );
    });
  }
}

/** Keys of a body without which what is left of it is not the whole Event. */
const parts = ["custom_fields", "location", "start_date", "types", "salesforce_campaign_id"];

/** The same message from a sender that leaves something out. */
function partOf(message: CircaMessage, random: Random): CircaMessage {
  if (message.kind !== "event") return message;
  const missing = random.pick(parts);
  const body = Object.fromEntries(
    Object.entries(message.answer.body as object).filter(([key]) => key !== missing),
  );
  return { ...message, answer: { event: eventSchema.parse(body), body } };
}
