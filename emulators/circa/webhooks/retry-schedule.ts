/** The waits between the attempts of a delivery, in milliseconds: 5 s, 30 s, 2 min … 24 h. */
const retryDelaysMs = [5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000];

/** How long to wait after the `attempts`th failure; null when that was the last attempt. */
export function retryDelayMs(attempts: number, scale: number): number | null {
  const delayMs = retryDelaysMs[attempts - 1];
  return delayMs === undefined ? null : delayMs * scale;
}
