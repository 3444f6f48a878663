import JSZip from "jszip";
import type { PackageFiles } from "./from-package.ts";

/** A zip that can't be opened, or in which Salesforce finds no package. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

/**
 * Files of a zip by path, folders left out.
 * @throws ArchiveError when it is no zip
 */
export async function readArchive(zipped: Buffer): Promise<Map<string, Buffer>> {
  let zip: JSZip;
  try {
    zip = await JSZip.loadAsync(zipped);
  } catch {
    throw new ArchiveError("The zip file could not be opened");
  }
  const files = new Map<string, Buffer>();
  for (const entry of Object.values(zip.files)) {
    if (!entry.dir) files.set(entry.name.replaceAll("\\", "/"), await entry.async("nodebuffer"));
  }
  return files;
}

/** @returns the zip's bytes */
export function writeArchive(files: PackageFiles): Promise<Buffer> {
  const zip = new JSZip();
  for (const [path, content] of files) zip.file(path, content);
  return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}
