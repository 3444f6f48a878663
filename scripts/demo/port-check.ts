import { createServer } from "node:net";
import { DemoError } from "./demo-error.ts";

/**
 * Makes sure that the requested ports can be listened on, before anything is started.
 * @param ports by the variable that sets them; 0 is always free
 * @throws DemoError naming the variable and the port
 */
export async function checkPorts(ports: Readonly<Record<string, number>>): Promise<void> {
  for (const [variable, port] of Object.entries(ports)) {
    if (port !== 0) await checkPort(variable, port);
  }
}

function checkPort(variable: string, port: number): Promise<void> {
  const advice = `Choose another with ${variable}=…, or ${variable}=0 for any free one.`;
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => {
      const reason = code === "EADDRINUSE" ? "is in use" : `can't be used (${code ?? "unknown"})`;
      reject(new DemoError(`Port ${port} ${reason}. ${advice}`));
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
