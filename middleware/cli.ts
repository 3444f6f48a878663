/** The process: configuration in, the middleware up, and an orderly end on SIGTERM or SIGINT. */
import { readConfig } from "./config.ts";
import { failStart, startMiddleware } from "./main.ts";

/** What is under way gets this long before the process ends anyway; nothing is lost by that. */
const stopWithinMs = 10_000;

try {
  const middleware = await startMiddleware(readConfig(process.env));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    void middleware.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  failStart(error);
}
