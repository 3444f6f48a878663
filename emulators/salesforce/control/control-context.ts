import type { RestContext } from "../rest/rest-context.ts";
import type { CometdServer } from "../streaming/cometd-server.ts";
import type { StreamingContext } from "../streaming/streaming-context.ts";

export interface ControlContext extends RestContext {
  readonly streaming: StreamingContext;
  readonly cometd: CometdServer;
  /** What an admin has switched on; a deployment minds it. */
  readonly features: { translationWorkbench: boolean };
  /** Back to how the emulator stood after it was seeded. */
  reset(): void;
}
