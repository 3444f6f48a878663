/** An org without data, for Apex tests: schema, profiles, users and custom metadata only. */
import { Org } from "../../salesforce/data/org.ts";
import { createIdentity, seedOrg } from "../../salesforce/setup/identity.ts";
import { type ApexEngine, installApex } from "../engine.ts";

export interface ApexTestOrg {
  readonly org: Org;
  readonly engine: ApexEngine;
  /** The administrator who runs the tests. */
  readonly userId: string;
}

/** @throws ApexCompileError when the package's Apex cannot be loaded */
export async function createApexTestOrg(
  options: { readonly sourceDirs?: readonly string[]; readonly now?: () => Date } = {},
): Promise<ApexTestOrg> {
  const sourceDirs = options.sourceDirs ?? ["force-app/main/default"];
  const org = new Org({ sourceDirs, now: options.now ?? (() => new Date()) });
  const identity = createIdentity("00DDm0000001APX");
  // As in an org where nobody has been given anything: tests say themselves who may do what.
  seedOrg(org, identity, { assign: false });
  return { org, engine: await installApex(org, { sourceDirs }), userId: identity.person.userId };
}
