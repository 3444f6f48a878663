import { apexLsJars, openJar } from "./apex-ls-jars.ts";
import { readClassFields } from "./class-fields.ts";

/** API names of a standard object's fields; undefined when there is no such standard object. */
export type StandardFields = (objectName: string) => Promise<ReadonlySet<string> | undefined>;

/**
 * Salesforce's standard objects and their fields, as apex-ls knows them (API version 61.0). Its jar
 * holds one Java class per object with one field per object field; relationships among them are told
 * apart by their type.
 */
export function openStandardFields(): Promise<StandardFields> {
  return (opened ??= open());
}

let opened: Promise<StandardFields> | undefined;

async function open(): Promise<StandardFields> {
  const jarPath = apexLsJars().find((jar) => jar.includes("sobject-types"));
  if (!jarPath) throw new Error("apex-ls is not installed completely: run npm ci");
  const jar = await openJar(jarPath);
  return async (objectName) => {
    const entry = jar.file(`com/nawforce/runforce/SObjects/${objectName}.class`);
    if (!entry) return undefined;
    const fields = readClassFields(await entry.async("nodebuffer"));
    const names = fields
      .filter(({ descriptor }) => descriptor.includes("/System/"))
      .map(({ name }) => name);
    return new Set(["Id", ...names]);
  };
}
