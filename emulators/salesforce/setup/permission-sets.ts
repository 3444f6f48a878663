import { join } from "node:path";
import { listSourceFiles } from "../schema/source/read-xml.ts";
import type { Org } from "../data/org.ts";

/** Gives a user a permission set for good, as the org's own set-up. */
export function seedAssignment(
  org: Org,
  userId: string,
  name: string,
  audit: Readonly<Record<string, string>>,
): void {
  const set = [...org.store.rows("PermissionSet")].find((row) => row.Name === name);
  if (!set) return;
  org.store.put("PermissionSetAssignment", {
    Id: org.ids.next("0Pa"),
    PermissionSetId: set.Id,
    AssigneeId: userId,
    ...audit,
  });
}

/** Names of the permission sets in a source folder. */
export function permissionSetsIn(dir: string): string[] {
  const files = listSourceFiles(join(dir, "permissionsets"), ".permissionset-meta.xml");
  return files.map(({ name }) => name);
}
