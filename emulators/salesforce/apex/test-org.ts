/** An org without data, for Apex tests: schema, profiles, users and custom metadata only. */
import { Org } from "../data/org.ts";
import { packageFolders } from "../package-folders.ts";
import { putMetadataRow } from "../setup/custom-metadata.ts";
import { createIdentity, seedOrg } from "../setup/identity.ts";
import { type ApexEngine, installApex } from "./engine.ts";

export interface ApexTestOrg {
  readonly org: Org;
  readonly engine: ApexEngine;
  /** The administrator who runs the tests. */
  readonly userId: string;
}

export interface ApexTestOrgOptions {
  readonly sourceDirs?: readonly string[];
  readonly now?: () => Date;
  /** Of who runs the tests. @default "en_US" */
  readonly language?: string;
  /**
   * As docs/install.md leaves an org: permission sets given, mappings, watch and digest on. Else no user has
   * been given anything.
   * @default false
   */
  readonly installed?: boolean;
}

/** @throws ApexCompileError when the package's Apex cannot be loaded */
export async function createApexTestOrg(options: ApexTestOrgOptions = {}): Promise<ApexTestOrg> {
  const { sourceDirs = packageFolders, installed = false, language } = options;
  const org = new Org({ sourceDirs, now: options.now ?? (() => new Date()) });
  const identity = createIdentity("00DDm0000001APX");
  seedOrg(org, identity, { assign: installed, ...(language === undefined ? {} : { language }) });
  const engine = await installApex(org, { sourceDirs });
  const { userId } = identity.person;
  // An admin who deploys a package need not be one who edits Campaigns.
  const admin = org.store.get("User", userId);
  if (admin) org.store.put("User", { ...admin, UserPermissionsMarketingUser: false });
  org.store.commit();
  if (installed) switchAllOn(org, engine, userId);
  return { org, engine, userId };
}

function switchAllOn(org: Org, engine: ApexEngine, userId: string): void {
  const objectName = "Circa_Field_Mapping__mdt";
  for (const row of [...org.store.rows(objectName)]) {
    const values = new Map([["Is_Active__c", true]]);
    putMetadataRow(org, { objectName, developerName: String(row.DeveloperName), values });
  }
  for (const method of ["setWatching", "setDigest"]) {
    engine.invokeAura(userId, "CircaSetupController", method, { isOn: true });
  }
}
