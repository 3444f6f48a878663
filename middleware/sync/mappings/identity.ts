/**
 * A tenant joins one workspace to one org for good. Should either turn out to be another one
 * (a refreshed sandbox, a changed address or key), nothing is read or written any more: the ids
 * that are kept would name other people's records.
 */
import { SystemError } from "../../runtime/errors.ts";
import type { Clock } from "../../runtime/clock.ts";
import { readCheckpoint, writeCheckpoint } from "../../store/intake/checkpoints.ts";
import { readJson } from "../../store/database/json-column.ts";
import type { Database } from "../../store/database/database.ts";
import { z } from "zod";

export interface IdentityGuard {
  /** @throws SystemError `configuration` when the org is not the one this tenant began with */
  confirmOrg(organizationId: string): Promise<void>;
  /**
   * Circa's API names no workspace, but its teams are one workspace's own.
   * @throws SystemError `configuration` when none of the teams known before is there any more
   */
  confirmWorkspace(teamIds: readonly string[]): Promise<void>;
}

export interface IdentityParts {
  readonly database: Database;
  readonly clock: Clock;
}

export function createIdentityGuard({ database, clock }: IdentityParts): IdentityGuard {
  const keep = (name: "salesforce_org" | "circa_teams", value: string) =>
    database.write((trx) => writeCheckpoint(trx, name, value, clock.now()));

  return {
    async confirmOrg(organizationId) {
      const known = await readCheckpoint(database.query, "salesforce_org");
      if (known === null) return keep("salesforce_org", organizationId);
      if (known !== organizationId) throw otherSystem("salesforce", known, organizationId);
    },

    async confirmWorkspace(teamIds) {
      if (teamIds.length === 0) return;
      const kept = await readCheckpoint(database.query, "circa_teams");
      const known = (kept === null ? null : readJson(kept, z.array(z.string()))) ?? [];
      if (known.length > 0 && !teamIds.some((id) => known.includes(id))) {
        throw otherSystem("circa", `with team ${known[0] ?? ""}`, `with team ${teamIds[0] ?? ""}`);
      }
      const sorted = JSON.stringify(teamIds.toSorted());
      if (sorted !== kept) await keep("circa_teams", sorted);
    },
  };
}

function otherSystem(system: "salesforce" | "circa", known: string, found: string): SystemError {
  const what = system === "salesforce" ? "Salesforce org" : "Circa workspace";
  return new SystemError(
    system,
    "configuration",
    `This is another ${what} (${found}) than the one this connection was made for (${known}). Nothing is read or written. Point the middleware at the right one, or start with an empty database to connect the new one.`,
  );
}
