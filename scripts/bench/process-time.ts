import { readFileSync } from "node:fs";

/** USER_HZ, which Linux fixes for what it shows to programs (proc_pid_stat(5), time(7)). */
const ticksPerSecond = 100;

/** Processor time in seconds that another process has used so far; null where there is no /proc. */
export function processSeconds(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold anything; user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return null;
  }
}
