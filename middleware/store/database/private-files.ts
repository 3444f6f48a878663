/** The embedded database holds people's data: no other user of the machine may read it. */
import { chmodSync, closeSync, existsSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigurationError, describeError } from "../../runtime/errors.ts";

const othersMay = 0o077;

/**
 * Creates the database's file, or takes the others' rights to it away; its companions get the same.
 * Only while the folder is locked: closing a file ends all locks that this process has on it.
 * @throws ConfigurationError when others can read it and that can't be changed
 */
export function makePrivate(file: string): void {
  closeSync(openSync(file, "a", 0o600));
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(each)) takeRightsAway(each);
  }
}

function takeRightsAway(file: string): void {
  // Windows knows no such rights.
  if (process.platform === "win32" || isPrivate(file)) return;
  let reason = "the volume does not keep such rights";
  try {
    chmodSync(file, 0o600);
  } catch (error) {
    reason = describeError(error);
  }
  if (isPrivate(file) || isPrivate(dirname(file))) return;
  throw new ConfigurationError(
    `other users can read ${file}, and that can't be changed (${reason}). Give the file to the user that runs this, or its folder mode 0700`,
  );
}

const isPrivate = (path: string) => (statSync(path).mode & othersMay) === 0;
