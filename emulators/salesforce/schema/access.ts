import type { OrgSchema } from "./org-schema.ts";
import type { FieldSchema, ObjectPermissions, ObjectSchema, PermissionSetSchema } from "./types.ts";

/** Fields without field-level security: every user who reads the object sees them. */
const alwaysVisibleFields = new Set([
  "id",
  "name",
  "isdeleted",
  "ownerid",
  "recordtypeid",
  "currencyisocode",
  "createddate",
  "createdbyid",
  "lastmodifieddate",
  "lastmodifiedbyid",
  "systemmodstamp",
]);

/**
 * What one user may see and do. An administrator sees everything; any other user sees what permission
 * sets grant, on top of the fields that every user of an object sees.
 */
export class UserAccess {
  constructor(
    private readonly schema: OrgSchema,
    private readonly granted: readonly PermissionSetSchema[] | "administrator",
    /** What an administrator has been given beside: no profile grants custom permissions. */
    private readonly assigned: readonly PermissionSetSchema[] = [],
    /** Lower-case `Object.Field` of what no profile shows, an administrator's neither. */
    private readonly hidden: ReadonlySet<string> = new Set(),
  ) {}

  get isAdministrator(): boolean {
    return this.granted === "administrator";
  }

  canDo(object: ObjectSchema, action: keyof ObjectPermissions): boolean {
    if (this.granted === "administrator") return true;
    if (this.canDoWithAllData(object, action)) return true;
    const name = object.name.toLowerCase();
    switch (object.kind) {
      case "definition":
        return action === "read";
      case "custom_metadata":
        return action === "read" && this.granted.some((set) => set.customMetadataTypes.has(name));
      case "standard":
        if (object.name !== "Campaign") return action === "read";
    }
    return this.granted.some((set) => set.objects.get(name)?.[action] === true);
  }

  /** What permissions alone allow with every record of the object, of any owner. */
  onEveryRecord(object: ObjectSchema): "nothing" | "read" | "everything" {
    if (this.canDo(object, "modifyAll")) return "everything";
    return this.canDo(object, "viewAll") ? "read" : "nothing";
  }

  canReadField(object: ObjectSchema, field: FieldSchema): boolean {
    return this.isFree(object, field) || this.fieldGrant(object, field, "readable");
  }

  canEditField(object: ObjectSchema, field: FieldSchema): boolean {
    return this.isFree(object, field) || this.fieldGrant(object, field, "editable");
  }

  /** @param name as permission sets spell it, such as `ViewAllData` */
  hasUserPermission(name: string): boolean {
    if (this.granted === "administrator") return true;
    return this.granted.some((set) => set.userPermissions.includes(name));
  }

  hasCustomPermission(name: string): boolean {
    const sets = this.granted === "administrator" ? this.assigned : this.granted;
    return sets.some((set) => set.customPermissions.includes(name));
  }

  /** The object when the user may read it: to any other user it doesn't exist. */
  visibleObject(name: string): ObjectSchema | undefined {
    const object = this.schema.object(name);
    return object && this.canDo(object, object.kind === "platform_event" ? "create" : "read")
      ? object
      : undefined;
  }

  /** The field when the user may read it. */
  visibleField(object: ObjectSchema, name: string): FieldSchema | undefined {
    const field = object.fields.get(name.toLowerCase());
    return field && this.canReadField(object, field) ? field : undefined;
  }

  /** "View All Data" and "Modify All Data", which go past rights on single objects. */
  private canDoWithAllData(object: ObjectSchema, action: keyof ObjectPermissions): boolean {
    if (object.sharingModel === null) return false;
    const reads = action === "read" || action === "viewAll";
    return (
      (reads && this.hasUserPermission("ViewAllData")) || this.hasUserPermission("ModifyAllData")
    );
  }

  private isFree(object: ObjectSchema, field: FieldSchema): boolean {
    if (this.granted === "administrator") return !this.hidden.has(keyOf(object, field));
    if (object.kind !== "custom" && object.name !== "Campaign") return true;
    if (alwaysVisibleFields.has(field.name.toLowerCase())) return true;
    return field.createable && !field.nillable && field.type !== "boolean";
  }

  private fieldGrant(
    object: ObjectSchema,
    field: FieldSchema,
    grant: "readable" | "editable",
  ): boolean {
    const sets = this.granted === "administrator" ? this.assigned : this.granted;
    const key = keyOf(object, field);
    return sets.some((set) => set.fields.get(key)?.[grant] === true);
  }
}

function keyOf(object: ObjectSchema, field: FieldSchema): string {
  return `${object.name}.${field.name}`.toLowerCase();
}
