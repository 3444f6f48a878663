/** Both systems in a process of their own, so that nothing of the bench delays what is measured. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { WorldCommands, WorldReply, WorldRequest } from "./world-commands.ts";

export interface World extends WorldCommands {
  readonly pid: number;
  close(): Promise<void>;
}

/** @throws when the process ends; a command throws what went wrong there */
export function startWorld(): World {
  const script = fileURLToPath(new URL("world-process.ts", import.meta.url));
  const child = fork(script, { execArgv: ["--import", "tsx", "--max-semi-space-size=32"] });
  const waiting = new Map<number, (reply: WorldReply) => void>();
  let last = 0;
  child.on("message", (message) => {
    const reply = message as WorldReply;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.once("exit", () => {
    for (const [id, answer] of waiting) answer({ id, error: "the process of both systems ended" });
  });
  const ask = async (command: keyof WorldCommands, argument: unknown): Promise<unknown> => {
    const request: WorldRequest = { id: ++last, command, argument };
    const reply = await new Promise<WorldReply>((resolve) => {
      waiting.set(request.id, resolve);
      child.send(request);
    });
    if (reply.error !== undefined) throw new Error(`${command}: ${reply.error}`);
    return reply.result;
  };
  const command = <Name extends keyof WorldCommands>(name: Name) =>
    ((argument: unknown) => ask(name, argument)) as WorldCommands[Name];
  return {
    pid: child.pid ?? 0,
    start: command("start"),
    deliverTo: command("deliverTo"),
    delay: command("delay"),
    edit: command("edit"),
    async close() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}
