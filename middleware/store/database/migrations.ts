import type { Engine } from "../../runtime/config.ts";
import type { Migration } from "kysely";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { eventPasts } from "./migrations/0002-event-pasts.ts";
import { severalNodes } from "./migrations/0003-several-nodes.ts";
import { sweepRuns } from "./migrations/0004-sweep-runs.ts";
import { rewrites } from "./migrations/0005-rewrites.ts";
import { screenRows } from "./migrations/0006-screen-rows.ts";
import { displacedLinks } from "./migrations/0007-displaced-links.ts";
import { waitsFor } from "./migrations/0008-waits-for.ts";
import { eventFreshness } from "./migrations/0009-event-freshness.ts";
import { claimsIndex } from "./migrations/0011-claims-index.ts";
import { growthIndexes } from "./migrations/0012-growth-indexes.ts";
import { glossary } from "./migrations/renames/0013-glossary.ts";
import { tenant } from "./migrations/renames/0014-tenant.ts";
import { webhookInbox } from "./migrations/0015-webhook-inbox.ts";
import { problemWordings } from "./migrations/0016-problem-wordings.ts";
import { linkKinds } from "./migrations/0017-link-kinds.ts";

/** All migrations by name, in order. A released one is never changed: a change is a new one. */
export function migrations(engine: Engine): Record<string, Migration> {
  return {
    "0001-first-tables": firstTables(engine),
    "0002-event-pasts": eventPasts,
    "0003-several-nodes": severalNodes,
    "0004-sweep-runs": sweepRuns(engine),
    "0005-rewrites": rewrites,
    "0006-screen-rows": screenRows,
    "0007-displaced-links": displacedLinks,
    "0008-waits-for": waitsFor,
    "0009-event-freshness": eventFreshness,
    "0011-claims-index": claimsIndex,
    "0012-growth-indexes": growthIndexes,
    "0013-glossary": glossary,
    "0014-tenant": tenant,
    "0015-webhook-inbox": webhookInbox(engine),
    "0016-problem-wordings": problemWordings,
    "0017-link-kinds": linkKinds,
  };
}
