/** When sweeps are due: time slots that all processes count alike. Pure. */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Not every tenant starts at the full hour. */
const maxShare = 0.1;
const maxSweepShiftMs = 5 * 60_000;
const maxFullShiftMs = hourMs / 2;

export interface SweepSchedule {
  /** 0: no sweep by itself. */
  readonly intervalSeconds: number;
  /** Hour of the day, in UTC, of the full comparison; null: none by itself. */
  readonly fullHour: number | null;
  /** From 0 to 1: how far behind a slot's start this process begins. */
  readonly shift: number;
}

/** The slots that the time `nowMs` lies in; null where there is nothing to do by itself. */
export function slotsAt(
  { intervalSeconds, fullHour, shift }: SweepSchedule,
  nowMs: number,
): { sweep: string | null; full: string | null } {
  if (intervalSeconds === 0) return { sweep: null, full: null };
  const intervalMs = intervalSeconds * 1_000;
  const slot = Math.floor((nowMs - sweepShiftMs(intervalMs, shift)) / intervalMs);
  const sweep = `slot-${intervalSeconds}-${slot}`;
  if (fullHour === null) return { sweep, full: null };
  const day = new Date(nowMs - fullHour * hourMs - shift * maxFullShiftMs);
  return { sweep, full: `full-${day.toISOString().slice(0, 10)}` };
}

/** How long until one of the slots ends. */
export function untilNextSlotMs(schedule: SweepSchedule, nowMs: number): number {
  const { intervalSeconds, fullHour, shift } = schedule;
  const intervalMs = intervalSeconds * 1_000;
  const sweepMs = intervalMs - positive(nowMs - sweepShiftMs(intervalMs, shift), intervalMs);
  if (fullHour === null) return sweepMs;
  const fullMs = dayMs - positive(nowMs - fullHour * hourMs - shift * maxFullShiftMs, dayMs);
  return Math.min(sweepMs, fullMs);
}

/** Which of every `every` slots are taken while the API budget is short. */
export function isTaken(slot: string, every: number): boolean {
  return Number(slot.split("-").at(-1)) % every === 0;
}

function sweepShiftMs(intervalMs: number, shift: number): number {
  return shift * Math.min(intervalMs * maxShare, maxSweepShiftMs);
}

function positive(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}
