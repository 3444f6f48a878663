/** What tests do to the local Circa itself, which no client of the real one could. */
import type { RunningSync } from "./running-sync.ts";

export interface CircaHandles {
  /** `contract`, `event_dates`, `custom_fields`: what Circa's documents leave open. */
  setSettings(settings: Record<string, unknown>): Promise<void>;
  setFaults(faults: Record<string, unknown>): Promise<void>;
  editField(key: string, change: Record<string, unknown>): Promise<void>;
  /** Its webhook goes out, unless a fault says otherwise. */
  deleteField(key: string): Promise<void>;
  /** From a backup, which nobody tells of. */
  restore(secondsAgo: number): Promise<void>;
}

export function circaEmulator({ circa }: RunningSync): CircaHandles {
  const send = async (method: string, path: string, body: unknown) => {
    const answer = await fetch(`${circa.url}/emulator${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  return {
    setSettings: (settings) => send("POST", "/settings", settings),
    setFaults: (faults) => send("POST", "/faults", faults),
    editField: (key, change) => send("PATCH", `/fields/${key}`, change),
    deleteField: (key) => send("DELETE", `/fields/${key}`, undefined),
    restore: (secondsAgo) => send("POST", "/restore", { seconds_ago: secondsAgo }),
  };
}
