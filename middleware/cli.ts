/** The process: configuration in, the middleware up, and an orderly end on SIGTERM or SIGINT. */
import { readConfig } from "./config.ts";
import { describeError } from "./errors.ts";
import { createLog } from "./log.ts";
import { failStart, startMiddleware } from "./main.ts";

/** The stop has its own, shorter limits; nothing is lost should it hang nevertheless. */
const stopWithinMs = 10_000;

try {
  const takesOver = process.argv.includes("--take-over");
  const config = readConfig(takesOver ? { ...process.env, TAKE_OVER: "1" } : process.env);
  const log = createLog(config.logLevel);
  const fail = (what: string) => (error: unknown) => {
    // What is stored is safe at any moment; what is in memory can't be trusted any more.
    const stack = error instanceof Error ? error.stack : undefined;
    log.error({ error: describeError(error), stack }, what);
    process.exit(1);
  };
  process.on("uncaughtException", fail("ended by an error that nothing handled"));
  process.on("unhandledRejection", fail("ended by a rejection that nothing handled"));

  const middleware = await startMiddleware(config, { log });
  // For a parent that waits for it, as `fork` and process managers do: a log can be silent.
  process.send?.({ listening: middleware.url });
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) {
      log.warn({ signal }, "told to stop again: ending at once");
      process.exit(1);
    }
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    middleware.stop().then(() => process.exit(0), fail("the stop failed"));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  failStart(error);
}
