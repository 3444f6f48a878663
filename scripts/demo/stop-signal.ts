/**
 * Aborts at Ctrl-C, at SIGTERM, and once the output is closed (`| head`). To end at once, press Ctrl-C
 * again and again.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let seen = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      seen += 1;
      controller.abort();
      // npm and the terminal may each pass the same Ctrl-C on.
      if (seen > 3) process.exit(1);
    });
  }
  process.stdout.on("error", () => controller.abort());
  return controller.signal;
}
