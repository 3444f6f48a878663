/** A folder that a reader can take in: more files than that need rooms of their own. */
import { readdirSync } from "node:fs";
import path from "node:path";
import type { Finding } from "../finding.ts";

const maxFiles = 15;

/** @param root a folder, looked at with all below it */
export function checkFolderSizes(root: string): Finding[] {
  const entries = readdirSync(root, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).length;
  const message = `has ${files} files, more than ${maxFiles}: put those that serve one thing into a folder`;
  return [
    ...(files > maxFiles ? [{ file: root, message }] : []),
    ...entries
      .filter((entry) => entry.isDirectory())
      .flatMap((folder) => checkFolderSizes(path.join(root, folder.name))),
  ];
}
