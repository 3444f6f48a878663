/** Whether the store takes writes: a full disk and a read-only server still answer questions. */
import type { Clock } from "../runtime/clock.ts";
import { withTimeout } from "../runtime/timeouts.ts";
import { deleteCheckpoint, writeCheckpoint } from "./intake/checkpoints.ts";
import type { Database } from "./database/database.ts";

const answersWithinMs = 2_000;
/** So that frequent questions do not make it write often. */
const holdsForMs = 5_000;
/** Enough to need room of its own. */
const proof = "x".repeat(16_384);

/** @returns asks the store, or says what was found a few seconds ago; never rejects */
export function createWriteProof(database: Database, clock: Clock): () => Promise<boolean> {
  let last: { readonly atMs: number; readonly proved: Promise<boolean> } | null = null;
  const prove = async () => {
    const written = database.write(async (trx) => {
      await writeCheckpoint(trx, "write_proof", proof, clock.now());
      // One that stayed would have room for the next one, where nothing else has any.
      await deleteCheckpoint(trx, "write_proof");
    });
    return withTimeout(clock, written, answersWithinMs).catch(() => false);
  };
  return () => {
    const nowMs = clock.elapsedMs();
    if (last === null || nowMs - last.atMs >= holdsForMs) last = { atMs: nowMs, proved: prove() };
    return last.proved;
  };
}
