import type { ApexSources } from "./engine.ts";
import type { Org } from "../data/org.ts";
import { auditOf } from "../setup/setup-rows.ts";
import { apexId } from "./apex-ids.ts";

/** Gives every class and trigger of the org its row, and takes those of others. Does not commit. */
export function writeApexRows(org: Org, { files }: ApexSources, userId: string): void {
  const { store } = org;
  const wanted = new Map(
    files.map(({ node }) => {
      const type = node.kind === "trigger" ? "ApexTrigger" : "ApexClass";
      return [apexId(type, node.name), { type, node }] as const;
    }),
  );
  for (const type of ["ApexClass", "ApexTrigger", "ApexClassOrTrigger"]) {
    for (const row of [...store.rows(type)]) if (!wanted.has(row.Id)) store.remove(type, row.Id);
  }
  for (const [Id, { type, node }] of wanted) {
    if (store.get(type, Id)) continue;
    store.put("ApexClassOrTrigger", { Id, Name: node.name });
    store.put(type, {
      ...{ Id, Name: node.name, NamespacePrefix: null, Status: "Active" },
      ...{ ApiVersion: 61, IsValid: true, ...auditOf(org, userId) },
      ...(node.kind === "trigger" ? { TableEnumOrId: node.object } : {}),
    });
  }
}
