import type { Org } from "../data/org.ts";

/** Writes a row for each permission set of the source folders, so that queries find them. */
export function seedPermissionSets(org: Org, audit: Readonly<Record<string, string>>): void {
  for (const set of org.schema.permissionSets.values()) {
    org.store.put("PermissionSet", {
      Id: org.ids.next("0PS"),
      Name: set.name,
      Label: set.label,
      NamespacePrefix: null,
      ...audit,
    });
  }
}

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
