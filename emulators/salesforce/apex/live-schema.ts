import type { Org } from "../data/org.ts";
import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import type { FieldDescribe, ObjectDescribe, SchemaPort } from "../../apex/ports.ts";
import { describeField, describeObject } from "./describe.ts";

interface KnownObject {
  readonly object: ObjectSchema;
  readonly describe: ObjectDescribe;
  /** The fields as the org had them when they were described. */
  fields: readonly FieldSchema[];
}

/** Describes of one org, kept current while an admin changes fields in Setup. */
export class LiveSchema implements SchemaPort {
  readonly #org: Org;
  readonly #known = new Map<string, KnownObject>();

  constructor(org: Org) {
    this.#org = org;
  }

  objectNames(): readonly string[] {
    return this.#org.schema.objects().map((object) => object.name);
  }

  describe(name: string): ObjectDescribe | null {
    const object = this.#org.schema.object(name);
    if (!object) return null;
    let known = this.#known.get(object.name);
    if (!known) {
      const describe = describeObject(this.#org.schema, object);
      known = { object, describe, fields: [...object.fields.values()] };
      this.#known.set(object.name, known);
    }
    return known.describe;
  }

  /** Takes over fields that were added, changed or removed since. */
  refresh(): void {
    for (const known of this.#known.values()) {
      const now = [...known.object.fields.values()];
      const same =
        now.length === known.fields.length &&
        now.every((field, index) => field === known.fields[index]);
      if (same) continue;
      updateFields(known.describe, known.fields, now);
      known.fields = now;
    }
  }
}

/** Fields that stay the same keep their describe, and with it their token. */
function updateFields(
  describe: ObjectDescribe,
  before: readonly FieldSchema[],
  now: readonly FieldSchema[],
): void {
  const fields = describe.fields as Map<string, FieldDescribe>;
  const kept = new Set(before);
  for (const field of before) if (!now.includes(field)) fields.delete(field.name.toLowerCase());
  for (const field of now)
    if (!kept.has(field)) fields.set(field.name.toLowerCase(), describeField(field));
}
