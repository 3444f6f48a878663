import { once } from "node:events";
import { DemoError } from "./demo-error.ts";
import type { Screen } from "./screen.ts";
import type { MiddlewareControl } from "./start-demo.ts";

const maxRestarts = 5;
const withinMs = 60_000;

/**
 * Starts the middleware again whenever it ends by itself, as a process manager does in production:
 * killing it shows that nothing is lost. Fulfils at `stop`.
 * @throws DemoError with the end of its log when it ends again and again
 */
export async function keepRunning(
  middleware: MiddlewareControl,
  screen: Screen,
  stop: AbortSignal,
): Promise<void> {
  const stopped = once(stop, "abort").then(() => null);
  const restarts: number[] = [];
  while (!stop.aborted) {
    const ending = await Promise.race([stopped, middleware.current().ended]);
    if (ending === null) return;
    const now = performance.now();
    restarts.push(now);
    if (restarts.filter((at) => at > now - withinMs).length > maxRestarts) {
      const tail = middleware.current().logTail().join("\n");
      throw new DemoError(`The middleware keeps ending (${ending}). The end of its log:\n${tail}`);
    }
    screen.say(`The middleware has ended (${ending}) and is started again.`);
    await Promise.race([stopped, middleware.start()]);
  }
}
