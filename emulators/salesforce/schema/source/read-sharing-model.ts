import { type ObjectSchema, type SharingModel, sharingModels } from "../types.ts";
import { listSourceFiles, type XmlNode } from "./read-xml.ts";
import { join } from "node:path";

/**
 * The organization-wide default that an object's file sets; the one it has when the file is silent.
 * @throws Error naming the file when the emulator does not know this default
 */
export function readSharingModel(
  object: ObjectSchema,
  node: XmlNode,
  path: string,
): SharingModel | null {
  const named = node.value("sharingModel");
  if (named === null || object.sharingModel === null) return object.sharingModel;
  const known = sharingModels.find((model) => model === named);
  if (known) return known;
  throw new Error(
    `${path}: the emulator does not support sharingModel ${named}; it knows ${sharingModels.join(", ")}.`,
  );
}

/**
 * Sharing rules would open records that the emulator keeps closed.
 * @throws Error naming the first file with sharing rules
 */
export function refuseSharingRules(sourceDir: string): void {
  const [file] = listSourceFiles(join(sourceDir, "sharingRules"), ".sharingRules-meta.xml");
  if (!file) return;
  throw new Error(`${file.path}: the emulator does not support sharing rules; take the file out.`);
}
