/** The service's side of Salesforce's own screens: what they show, and what they ask. */
import { describeError } from "../runtime/errors.ts";
import type { PlatformEventMessage } from "../intake/stream/platform-event-message.ts";
import type { UserDirectory } from "../sync/read/users.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";
import { countOverwritten } from "./preview.ts";
import type { StateReporter } from "./state-reporter.ts";
import { ScreenWriter, type ScreenWriterParts } from "./screen-writer.ts";

export interface ScreensParts extends ScreenWriterParts {
  readonly salesforce: SalesforceClient;
  readonly users: UserDirectory;
  readonly reporter: StateReporter;
}

export class Screens {
  readonly #parts: ScreensParts;
  readonly #writer: ScreenWriter;
  readonly #answering = new Set<Promise<void>>();

  constructor(parts: ScreensParts) {
    this.#parts = parts;
    this.#writer = new ScreenWriter(parts);
  }

  start(): void {
    this.#writer.start();
  }

  async stop(): Promise<void> {
    await this.#writer.stop();
    await Promise.all(this.#answering);
  }

  /** The page has a fall-back: a question that can't be answered is logged and dropped. */
  asked({ kind, requestId, detail }: PlatformEventMessage): void {
    const answering = this.#answer(kind, requestId, detail)
      .catch((error: unknown) =>
        this.#parts.log.warn({ kind, error: describeError(error) }, "a screen gets no answer"),
      )
      .finally(() => this.#answering.delete(answering));
    this.#answering.add(answering);
  }

  async #answer(kind: string, requestId: string | null, detail: unknown): Promise<void> {
    if (kind === "state_requested") await this.#parts.reporter.report();
    if (kind !== "preview_requested" || requestId === null) return;
    const preview = await countOverwritten(this.#parts, detail);
    await this.#parts.screens.answer("preview_ready", requestId, preview);
  }
}
