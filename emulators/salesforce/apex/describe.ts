/** The org's schema as the engine's describe. */
import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import type { OrgSchema } from "../schema/org-schema.ts";
import type { ChildRelationship, FieldDescribe, ObjectDescribe } from "../../apex/ports.ts";

export function describeObject(schema: OrgSchema, object: ObjectSchema): ObjectDescribe {
  const isData = object.kind === "standard" || object.kind === "custom";
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix: object.keyPrefix,
    custom: object.custom,
    createable: isData || object.kind === "platform_event",
    updateable: isData,
    deletable: isData,
    queryable: object.kind !== "platform_event",
    fields: new Map([...object.fields].map(([key, field]) => [key, describeField(field)])),
    childRelationships: childrenOf(schema, object),
  };
}

export function describeField(field: FieldSchema): FieldDescribe {
  return {
    ...field,
    precision: field.type === "int" ? 0 : field.precision,
    dependentPicklist: field.controllerName !== null,
  };
}

/** The other end of every lookup that leads here. */
function childrenOf(schema: OrgSchema, object: ObjectSchema): ChildRelationship[] {
  return schema.objects().flatMap((child) =>
    [...child.fields.values()]
      .filter((field) => field.referenceTo.includes(object.name))
      .map((field) => ({
        relationshipName: field.childRelationshipName,
        childSObject: child.name,
      })),
  );
}
