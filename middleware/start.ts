/** The process: configuration in, the middleware up, and an orderly end on SIGTERM or SIGINT. */
import { readConfig } from "./runtime/config.ts";
import { describeError } from "./runtime/errors.ts";
import { createLog } from "./runtime/log.ts";
import { startMiddleware, type Middleware } from "./main.ts";
import { readPrivateKey } from "./systems/salesforce/connection/sign-in.ts";

/** The stop has its own, shorter limits; nothing is lost should it hang nevertheless. */
const stopWithinMs = 10_000;

/**
 * Returns when the middleware is up; the process then ends by itself.
 * @throws ConfigurationError what only a person can repair: nothing listens then
 */
export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(env);
  const { signIn } = config.salesforce;
  if (signIn.kind === "jwt") await readPrivateKey(signIn.privateKeyFile);
  const log = createLog(config.logLevel);
  let middleware: Middleware | null = null;
  let stopping = false;
  const say = (what: string, error: unknown) => {
    const stack = error instanceof Error ? error.stack : undefined;
    log.error({ error: describeError(error), stack }, what);
  };
  const endsAfter = (timeoutMs: number) => setTimeout(() => process.exit(1), timeoutMs).unref();
  const fail = (what: string) => (error: unknown) => {
    say(what, error);
    process.exit(1);
  };
  /** The memory can't be trusted any more: the claims are released for other nodes. */
  const endAfterError = (what: string) => (error: unknown) => {
    say(what, error);
    if (stopping || middleware === null) process.exit(1);
    stopping = true;
    endsAfter(stopWithinMs);
    void middleware.stop().finally(() => process.exit(1));
  };
  process.on("uncaughtException", endAfterError("ended by an error that nothing handled"));
  process.on("unhandledRejection", endAfterError("ended by a rejection that nothing handled"));

  const started = await startMiddleware(config, { log });
  middleware = started;
  // For a parent that waits for it, as `fork` and process managers do: a log can be silent.
  process.send?.({ listening: started.url });
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) {
      log.warn({ signal }, "second stop signal: ending at once");
      process.exit(1);
    }
    stopping = true;
    log.info({ signal }, "stopping");
    endsAfter(stopWithinMs);
    started.stop().then(() => process.exit(0), fail("the stop failed"));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
