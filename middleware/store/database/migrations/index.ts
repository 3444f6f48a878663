import type { Engine } from "../../../runtime/config.ts";
import type { Migration } from "kysely";
import { firstTables } from "./0001-first-tables.ts";
import { eventPasts } from "./0002-event-pasts.ts";
import { severalNodes } from "./0003-several-nodes.ts";
import { sweepRuns } from "./0004-sweep-runs.ts";
import { rewrites } from "./0005-rewrites.ts";
import { screenRows } from "./0006-screen-rows.ts";
import { displacedLinks } from "./0007-displaced-links.ts";
import { waitsFor } from "./0008-waits-for.ts";
import { eventFreshness } from "./0009-event-freshness.ts";
import { claimsIndex } from "./0011-claims-index.ts";
import { growthIndexes } from "./0012-growth-indexes.ts";
import { glossary } from "./renames/0013-glossary.ts";
import { tenant } from "./renames/0014-tenant.ts";
import { webhookInbox } from "./0015-webhook-inbox.ts";
import { linkKinds } from "./0016-link-kinds.ts";

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
    "0016-link-kinds": linkKinds,
  };
}
