import { createHash } from "node:crypto";
import { toId18 } from "../data/ids.ts";

const prefixes = { ApexClass: "01p", ApexTrigger: "01q" } as const;

/** The Id of a class or trigger: the same for as long as it keeps its name. */
export function apexId(type: keyof typeof prefixes, name: string): string {
  const digest = createHash("sha256").update(name.toLowerCase()).digest("hex");
  const id15 = `${prefixes[type]}${digest.slice(0, 12)}`;
  return toId18(id15) ?? id15;
}
