import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { seedRecords } from "../../../salesforce/setup/seed-records.ts";
import { ApexBench, type Sources } from "./apex-bench.ts";

const folders: string[] = [];

/** Writes metadata files, by path, into a source folder of their own. */
export function sourceFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "sharing-source-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `<?xml version="1.0" encoding="UTF-8"?>\n${text}`);
  }
  return folder;
}

/** Takes away what `sourceFolder` wrote. */
export function removeSourceFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** Campaign's organization-wide default as an org's source has it. */
export function campaignDefault(sharingModel: string): Record<string, string> {
  return {
    "objects/Campaign/Campaign.object-meta.xml": `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><sharingModel>${sharingModel}</sharingModel></CustomObject>`,
  };
}

function permissionSet(name: string, more: string, object = ""): Record<string, string> {
  return {
    [`permissionsets/${name}.permissionset-meta.xml`]: `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
      <label>${name}</label>${more}
      <objectPermissions><object>Campaign</object><allowRead>true</allowRead><allowCreate>true</allowCreate>
      <allowEdit>true</allowEdit><allowDelete>true</allowDelete>${object}</objectPermissions>
      <fieldPermissions><field>Campaign.ParentId</field><readable>true</readable><editable>true</editable></fieldPermissions>
      <fieldPermissions><field>Campaign.Circa_Event_Id__c</field><readable>true</readable><editable>true</editable></fieldPermissions>
    </PermissionSet>`,
  };
}

function userPermission(name: string): string {
  return `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`;
}

const grants = {
  ...permissionSet("Editor", ""),
  ...permissionSet("ViewAll", "", "<viewAllRecords>true</viewAllRecords>"),
  ...permissionSet(
    "ModifyAll",
    "",
    "<viewAllRecords>true</viewAllRecords><modifyAllRecords>true</modifyAllRecords>",
  ),
  ...permissionSet("Transfer", userPermission("TransferAnyEntity")),
  ...permissionSet("ViewAllData", userPermission("ViewAllData")),
  ...permissionSet("ModifyAllData", userPermission("ModifyAllData")),
};

/**
 * An org with three Campaigns: `Ann's`, whose parent is the administrator's, `Bob's`, and `Admin's`.
 * Ann and Bob may do everything with Campaigns as an object; the rest is sharing.
 */
export class SharingBench extends ApexBench {
  readonly ann: string;
  readonly bob: string;

  constructor(sharingModel: string, sources: Sources = {}) {
    super(sources, [sourceFolder({ ...campaignDefault(sharingModel), ...grants })]);
    const person = (LastName: string): Record<string, unknown> => ({
      LastName,
      Username: `${LastName}@example.com`.toLowerCase(),
      Email: `${LastName}@example.com`.toLowerCase(),
    });
    const { users } = seedRecords(this.org, this.userId, {
      users: [person("Ann"), person("Bob")],
    });
    [this.ann = "", this.bob = ""] = users;
    this.give(this.ann, "Editor");
    this.give(this.bob, "Editor");
    const [parent = ""] = seedRecords(this.org, this.userId, {
      campaigns: [{ Name: "Admin's" }],
    }).campaigns;
    seedRecords(this.org, this.userId, {
      campaigns: [
        { Name: "Ann's", OwnerId: this.ann, ParentId: parent, Circa_Event_Id__c: "E-ANN" },
        { Name: "Bob's", OwnerId: this.bob },
      ],
    });
  }

  give(userId: string, permissionSetName: string): void {
    this.org.grant(userId, [permissionSetName]);
  }

  /** Id of the Campaign with this name. */
  idOf(name: string): string {
    const found = [...this.org.store.rows("Campaign")].find((row) => row.Name === name);
    if (!found) throw new Error(`There is no Campaign ${name}.`);
    return found.Id;
  }
}
