import type {
  FieldSchema,
  MetadataRow,
  ObjectSchema,
  PermissionSetSchema,
  PicklistValue,
} from "./types.ts";

/**
 * Everything that Setup knows about the org. Objects and fields are found without regard to case.
 * It changes while the emulator runs, as an admin changes an org: through the methods below, which
 * move `changedAt`, so that describe's 304 stays honest.
 */
export class OrgSchema {
  constructor(
    private readonly objectsByName: Map<string, ObjectSchema>,
    readonly metadataRows: MetadataRow[],
    readonly permissionSets: ReadonlyMap<string, PermissionSetSchema>,
    readonly customPermissions: ReadonlySet<string>,
    /** Labels of custom notification types by API name. */
    readonly notificationTypes: ReadonlyMap<string, string>,
  ) {}

  objects(): ObjectSchema[] {
    return [...this.objectsByName.values()];
  }

  object(name: string): ObjectSchema | undefined {
    return this.objectsByName.get(name.toLowerCase());
  }

  field(objectName: string, fieldName: string): FieldSchema | undefined {
    return this.object(objectName)?.fields.get(fieldName.toLowerCase());
  }

  /** The object whose Ids start so, such as `701`. */
  objectOfPrefix(keyPrefix: string): ObjectSchema | undefined {
    return this.objects().find((object) => object.keyPrefix === keyPrefix);
  }

  putField(objectName: string, field: FieldSchema, at: Date): void {
    const object = this.requireObject(objectName);
    object.fields.set(field.name.toLowerCase(), field);
    object.changedAt = at;
  }

  /** @returns whether there was such a field */
  removeField(objectName: string, fieldName: string, at: Date): boolean {
    const object = this.requireObject(objectName);
    object.changedAt = at;
    return object.fields.delete(fieldName.toLowerCase());
  }

  /** Adds a picklist value, or changes the one that is there. */
  putPicklistValue(objectName: string, fieldName: string, value: PicklistValue, at: Date): void {
    const object = this.requireObject(objectName);
    const field = object.fields.get(fieldName.toLowerCase());
    if (!field) throw new Error(`${objectName} has no field ${fieldName}.`);
    const position = field.picklistValues.findIndex((entry) => entry.value === value.value);
    if (position === -1) field.picklistValues.push(value);
    else field.picklistValues[position] = value;
    object.changedAt = at;
  }

  private requireObject(name: string): ObjectSchema {
    const object = this.object(name);
    if (!object) throw new Error(`There is no object ${name}.`);
    return object;
  }
}
