/**
 * Setup objects and records cannot be written in one transaction; `System.runAs` opens a room of its
 * own for either. Source: Apex Developer Guide, "sObjects That Cannot Be Used Together in DML
 * Operations" (inserting a User without a role is allowed).
 */
import type { WriteOperation } from "../ports.ts";

/** First object of each kind written so far; reset inside `System.runAs`. */
export interface DmlKinds {
  setup: string | null;
  data: string | null;
}

/** Those of permission set groups: unverified. */
const setupObjects = new Set([
  "permissionset",
  "permissionsetassignment",
  "permissionsetgroup",
  "permissionsetgroupcomponent",
  "setupentityaccess",
  "group",
  "groupmember",
]);

function isSetup(object: string, operation: WriteOperation): boolean {
  const name = object.toLowerCase();
  return setupObjects.has(name) || (name === "user" && operation !== "insert");
}

/** The error of a write that mixes the kinds; null for one that may go on. */
export function mixedDmlProblem(
  kinds: DmlKinds,
  object: string,
  operation: WriteOperation,
): string | null {
  if (object === "User" && operation === "insert") return null;
  const setup = isSetup(object, operation);
  const other = setup ? kinds.data : kinds.setup;
  if (other !== null)
    return `DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${object}, original object: ${other}`;
  if (setup) kinds.setup ??= object;
  else kinds.data ??= object;
  return null;
}
