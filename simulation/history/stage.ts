/** What operations are performed on. */
import type { Cluster } from "../cluster.ts";
import type { Sessions } from "../salesforce/sessions.ts";
import type { World } from "../world.ts";

export interface Stage {
  readonly world: World;
  readonly cluster: Cluster;
  readonly sessions: Sessions;
}
