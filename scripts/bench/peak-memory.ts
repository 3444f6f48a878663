/** What a process has held in memory. */
import { readFileSync, writeFileSync } from "node:fs";

/** @returns the most that was resident so far, in MB; 0 where the system does not tell (no Linux) */
export function peakMemoryMb(pid: number): number {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return 0;
  }
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1_024);
}

/** From now on `peakMemoryMb` tells of what comes (proc_pid_clear_refs(5)); without Linux nothing. */
export function forgetPeakMemory(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // Then it tells of all there was, which is never less.
  }
}
