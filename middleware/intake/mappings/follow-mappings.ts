/**
 * Mappings that another node has taken over: it marks all links due, and their passes
 * must use those mappings.
 */
import { readCheckpoint } from "../../store/intake/checkpoints.ts";
import type { Database } from "../../store/database/database.ts";
import type { ActiveMappings } from "../../sync/mappings/active-mappings.ts";

export interface FollowParts {
  readonly database: Database;
  readonly mappings: ActiveMappings;
  /** The mappings now are others again than those that the links were marked due for. */
  readonly onMappingsChanged: () => void;
}

/**
 * @returns to be called before each pass, when its links are claimed; reads the mappings again
 * when another node has taken over others than these. Rejects as `ActiveMappings.follow` does.
 */
export function createFollowMappings(parts: FollowParts): () => Promise<void> {
  const { database, mappings, onMappingsChanged } = parts;
  // Two versions of this program may see one mapping differently: each follows the other only once,
  // until both have seen all alike; then the same may have been taken over anew.
  let followed: string | null = null;
  return async () => {
    if (database.engine === "sqlite") return;
    const inForce = mappings.last();
    if (inForce === null) return;
    const taken = await readCheckpoint(database.query, "mappings_taken");
    if (taken === inForce.fingerprint) followed = null;
    if (taken === null || taken === inForce.fingerprint || taken === followed) return;
    const { fingerprint } = await mappings.follow();
    followed = fingerprint === taken ? null : taken;
    if (fingerprint !== taken) onMappingsChanged();
  };
}
