/**
 * The middleware in a process that ends itself with SIGKILL at a step. It loads everything and
 * then waits for its parent's word, so that a successor stands ready when a process dies.
 */
import { z } from "zod";
import { readConfig } from "../../middleware/runtime/config.ts";
import { startMiddleware } from "../../middleware/main.ts";
import { steps } from "../../middleware/runtime/failpoints.ts";

/** Where to die: at the `times`th time that the step is reached from now on. */
export const deathSchema = z.object({ step: z.enum(steps), times: z.int().positive() });
export type Death = z.infer<typeof deathSchema>;

const messageSchema = z.object({
  /** Starts the middleware with this configuration. */
  start: z.record(z.string(), z.string()).optional(),
  death: deathSchema.optional(),
});
export type CrashableMessage = z.infer<typeof messageSchema>;

let death: { step: string; times: number } | null = null;

function onFailpoint(step: string): void {
  if (death === null || death.step !== step) return;
  death.times -= 1;
  if (death.times === 0) process.kill(process.pid, "SIGKILL");
}

process.on("message", (message: unknown) => {
  const { start, death: wanted } = messageSchema.parse(message);
  if (wanted !== undefined) death = { ...wanted };
  if (start === undefined) {
    process.send?.({ armed: true });
    return;
  }
  const doorProgram = new URL(start["DOOR_PROGRAM"] ?? "");
  void startMiddleware(readConfig(start), { onFailpoint, doorProgram }).then(
    ({ url }) => process.send?.({ url }),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.({ loaded: true });
