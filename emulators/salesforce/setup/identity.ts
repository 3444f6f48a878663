import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { Org } from "../data/org.ts";
import { toId18 } from "../data/ids.ts";
import { seedAssignment } from "./permission-sets.ts";
import { putMetadataRow } from "./custom-metadata.ts";
import { auditOf, writeSetupRows } from "./setup-rows.ts";
import { profilePermissions } from "../schema/standard/people.ts";

/** Who the org knows from the start: its admin, the integration, and a person who edits. */
export interface Identity {
  readonly orgId: string;
  readonly integration: SignIn & {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly privateKeyPem: string;
    readonly publicKey: KeyObject;
  };
  readonly person: SignIn;
}

export interface SignIn {
  readonly username: string;
  readonly userId: string;
  /** Good until it is revoked. */
  readonly accessToken: string;
}

/** The permission set of the package that makes a user the integration. */
export const integrationPermissionSet = "Circa_Sync_Integration";

/** The permission set of the package that opens its screens to an admin. */
export const adminPermissionSet = "Circa_Sync_Admin";

/** 15 characters. */
export const defaultOrgId = "00DDm0000001EMU";

let processKey: KeyObject | undefined;

/** Making a key takes long; one for each process will do. */
function privateKeyOfProcess(): KeyObject {
  processKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return processKey;
}

/** New secrets for each start; the same through every start-over. */
export function createIdentity(orgId15: string): Identity {
  const privateKey = privateKeyOfProcess();
  const privateKeyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const token = (): string =>
    `${orgId15}!AQ${randomBytes(48).toString("base64url").replaceAll("-", ".")}`;
  return {
    orgId: toId18(orgId15) ?? orgId15,
    integration: {
      username: "circa.sync@eventinfo.example",
      userId: userIdAt(1),
      accessToken: token(),
      clientId: `3MVG9${randomBytes(30).toString("base64url")}`,
      clientSecret: randomBytes(32).toString("hex").toUpperCase(),
      privateKeyPem,
      publicKey: createPublicKey(privateKey),
    },
    person: {
      username: "jamie.rivera@eventinfo.example",
      userId: userIdAt(2),
      accessToken: token(),
    },
  };
}

function userIdAt(number: number): string {
  return toId18(`005Dm000000000${number}`) ?? "";
}

/** Writes the org's own rows: organization, profiles, users, record types, custom metadata. */
export function seedOrg(
  org: Org,
  identity: Identity,
  options: {
    /** Gives the permission sets to the users that are meant for them. @default true */
    readonly assign?: boolean;
    /** Only the administrator may do anything yet. @default false */
    readonly bare?: boolean;
    /** Permission sets that the org itself has for the integration. @default those of later folders */
    readonly orgPermissionSets?: readonly string[];
    /** Of the admin. @default "en_US" */
    readonly language?: string;
  } = {},
): void {
  const audit = auditOf(org, identity.person.userId);
  org.store.put("Organization", {
    Id: identity.orgId,
    Name: "Event Info Demo",
    InstanceName: "EMU1",
    IsSandbox: false,
    OrganizationType: "Developer Edition",
    NamespacePrefix: null,
    TrialExpirationDate: null,
    TimeZoneSidKey: "America/Los_Angeles",
    DefaultLocaleSidKey: "en_US",
    LanguageLocaleKey: "en_US",
    ...audit,
  });
  const people = putLicense(org, "Salesforce", "SFDC", audit);
  const integrations = putLicense(
    org,
    "Salesforce Integration",
    "PID_Salesforce_Integration",
    audit,
  );
  const adminProfile = putProfile(org, "System Administrator", people, profilePermissions, audit);
  putProfile(org, "Standard User", people, ["ApiEnabled", "RunReports"], audit);
  putProfile(org, "Minimum Access - Salesforce", people, [], audit);
  const integrationProfile = putProfile(
    org,
    "Minimum Access - API Only Integrations",
    integrations,
    ["ApiEnabled"],
    audit,
  );
  putUser(org, identity.integration, ["Circa", "Sync"], integrationProfile, audit);
  putUser(org, identity.person, ["Jamie", "Rivera"], adminProfile, audit, options.language);
  org.grant(identity.person.userId, "administrator");
  const grants = options.bare === true ? [] : integrationGrants(org, options.orgPermissionSets);
  org.grant(identity.integration.userId, grants);
  writeSetupRows(org, audit);
  if (options.assign !== false && options.bare !== true)
    assignPermissionSets(org, identity, grants, audit);
  seedMetadataRows(org);
  org.store.commit();
}

/**
 * The package's integration permission set and those that the org itself brings. While the package
 * has none, the integration may do everything, so that work on the rest can go on.
 */
function integrationGrants(
  org: Org,
  given: readonly string[] | undefined,
): readonly string[] | "administrator" {
  if (!org.schema.permissionSets.has(integrationPermissionSet)) return "administrator";
  const later = [...org.schema.permissionSets.values()].filter((set) => set.sourceIndex > 0);
  const ofTheOrg = given ?? later.map(({ name }) => name);
  return [integrationPermissionSet, ...ofTheOrg];
}

type Audit = Readonly<Record<string, string>>;

function putLicense(org: Org, name: string, key: string, audit: Audit): string {
  const id = org.ids.next("100");
  const row = { Id: id, Name: name, LicenseDefinitionKey: key, Status: "Active", ...audit };
  org.store.put("UserLicense", row);
  return id;
}

function putProfile(
  org: Org,
  name: string,
  licenseId: string,
  permissions: readonly string[],
  audit: Audit,
): string {
  const id = org.ids.next("00e");
  const flags = profilePermissions.map((flag) => [
    `Permissions${flag}`,
    permissions.includes(flag),
  ]);
  org.store.put("Profile", {
    Id: id,
    Name: name,
    UserLicenseId: licenseId,
    UserType: "Standard",
    ...(Object.fromEntries(flags) as Record<string, boolean>),
    ...audit,
  });
  return id;
}

function putUser(
  org: Org,
  signIn: SignIn,
  [firstName, lastName]: [string, string],
  profileId: string,
  audit: Audit,
  language = "en_US",
): void {
  // Ids of users that are made later must not meet these.
  org.ids.next("005");
  org.store.put("User", {
    Id: signIn.userId,
    Username: signIn.username,
    FirstName: firstName,
    LastName: lastName,
    Name: `${firstName} ${lastName}`,
    Email: signIn.username,
    Alias: firstName.toLowerCase().slice(0, 8),
    IsActive: true,
    TimeZoneSidKey: "America/Los_Angeles",
    LocaleSidKey: "en_US",
    LanguageLocaleKey: language,
    EmailEncodingKey: "UTF-8",
    ProfileId: profileId,
    UserType: "Standard",
    UserPermissionsMarketingUser: true,
    ...audit,
  });
}

function assignPermissionSets(
  org: Org,
  identity: Identity,
  grants: readonly string[] | "administrator",
  audit: Audit,
): void {
  if (grants !== "administrator") {
    for (const name of grants) seedAssignment(org, identity.integration.userId, name, audit);
  }
  seedAssignment(org, identity.person.userId, adminPermissionSet, audit);
}

function seedMetadataRows(org: Org): void {
  for (const row of org.schema.metadataRows) putMetadataRow(org, row);
}
