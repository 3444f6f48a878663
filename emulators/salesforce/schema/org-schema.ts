import type { FieldSchema, MetadataRow, ObjectSchema, PermissionSetSchema } from "./types.ts";

/** What an admin changed by hand since the schema was built. */
interface SetupChange {
  /** Lower-case `CustomField:Object.Field` or `PermissionSet:Name`: a deployment of it undoes the change. */
  readonly component: string;
  apply(schema: OrgSchema): void;
}

/**
 * Everything that Setup knows about the org. Objects and fields are found without regard to case.
 * It changes while the emulator runs, as an admin changes an org: through the methods below, which
 * move `changedAt`, so that describe's 304 stays honest.
 */
export class OrgSchema {
  private readonly changes: SetupChange[] = [];

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

  /** Does again what an admin changed by hand in another schema, but for these components. */
  takeOverChanges(from: OrgSchema, except: ReadonlySet<string>): void {
    for (const change of from.changes) {
      if (except.has(change.component)) continue;
      try {
        change.apply(this);
      } catch {
        // What was changed is not there any more.
      }
    }
  }

  grantField(
    setName: string,
    key: string,
    grant: { readonly readable: boolean; readonly editable: boolean },
  ): void {
    const set = this.permissionSets.get(setName);
    if (!set) throw new Error(`There is no permission set ${setName}.`);
    set.fields.set(key.toLowerCase(), { ...grant });
    this.changes.push({
      component: `permissionset:${setName.toLowerCase()}`,
      apply: (schema) => schema.grantField(setName, key, grant),
    });
  }

  putField(objectName: string, field: FieldSchema, at: Date): void {
    const object = this.requireObject(objectName);
    this.changes.push({
      component: `customfield:${object.name}.${field.name}`.toLowerCase(),
      apply: (schema) => schema.putField(objectName, field, at),
    });
    object.fields.set(field.name.toLowerCase(), field);
    object.changedAt = at;
  }

  /** @returns whether there was such a field */
  removeField(objectName: string, fieldName: string, at: Date): boolean {
    const object = this.requireObject(objectName);
    object.changedAt = at;
    this.changes.push({
      component: `customfield:${object.name}.${fieldName}`.toLowerCase(),
      apply: (schema) => void schema.removeField(objectName, fieldName, at),
    });
    return object.fields.delete(fieldName.toLowerCase());
  }

  private requireObject(name: string): ObjectSchema {
    const object = this.object(name);
    if (!object) throw new Error(`There is no object ${name}.`);
    return object;
  }
}
