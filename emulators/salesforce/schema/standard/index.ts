import type { FieldSchema, ObjectSchema, SharingModel } from "../types.ts";
import {
  apexClassFields,
  apexClassOrTriggerFields,
  apexTriggerFields,
  coverageFields,
  orgWideCoverageFields,
  testQueueItemFields,
  testResultFields,
  testResultLimitsFields,
  testRunFields,
} from "./apex-objects.ts";
import { campaignFields } from "./campaign.ts";
import {
  cronJobDetailFields,
  cronTriggerFields,
  customNotificationTypeFields,
} from "./job-objects.ts";
import {
  customPermissionFields,
  fieldPermissionsFields,
  permissionSetAssignmentFields,
  permissionSetFields,
  permissionSetGroupComponentFields,
  permissionSetGroupFields,
  setupEntityAccessFields,
  userRecordAccessFields,
} from "./permission-objects.ts";
import { organizationFields, profileFields, userFields, userLicenseFields } from "./people.ts";
import {
  entityDefinitionFields,
  fieldDefinitionFields,
  recordTypeFields,
} from "./setup-objects.ts";

interface StandardObject {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string | null;
  fields: () => FieldSchema[];
  sharingModel?: SharingModel;
}

const standardObjects: readonly StandardObject[] = [
  {
    name: "Campaign",
    label: "Campaign",
    labelPlural: "Campaigns",
    keyPrefix: "701",
    fields: campaignFields,
    // What a new org starts with: Public Full Access, which only Campaign has.
    sharingModel: "FullAccess",
  },
  { name: "User", label: "User", labelPlural: "Users", keyPrefix: "005", fields: userFields },
  {
    name: "Profile",
    label: "Profile",
    labelPlural: "Profiles",
    keyPrefix: "00e",
    fields: profileFields,
  },
  {
    name: "Organization",
    label: "Organization",
    labelPlural: "Organizations",
    keyPrefix: "00D",
    fields: organizationFields,
  },
  {
    name: "RecordType",
    label: "Record Type",
    labelPlural: "Record Types",
    keyPrefix: "012",
    fields: recordTypeFields,
  },
  {
    name: "PermissionSet",
    label: "Permission Set",
    labelPlural: "Permission Sets",
    keyPrefix: "0PS",
    fields: permissionSetFields,
  },
  {
    name: "PermissionSetAssignment",
    label: "Permission Set Assignment",
    labelPlural: "Permission Set Assignments",
    keyPrefix: "0Pa",
    fields: permissionSetAssignmentFields,
  },
  {
    name: "PermissionSetGroup",
    label: "Permission Set Group",
    labelPlural: "Permission Set Groups",
    keyPrefix: "0PG",
    fields: permissionSetGroupFields,
  },
  {
    name: "PermissionSetGroupComponent",
    label: "Permission Set Group Component",
    labelPlural: "Permission Set Group Components",
    keyPrefix: "0PM",
    fields: permissionSetGroupComponentFields,
  },
  {
    name: "UserLicense",
    label: "User License",
    labelPlural: "User Licenses",
    keyPrefix: "100",
    fields: userLicenseFields,
  },
  {
    name: "CronTrigger",
    label: "Scheduled Job",
    labelPlural: "Scheduled Jobs",
    keyPrefix: "08e",
    fields: cronTriggerFields,
  },
  {
    name: "CronJobDetail",
    label: "Cron Job Detail",
    labelPlural: "Cron Job Details",
    keyPrefix: "08a",
    fields: cronJobDetailFields,
  },
  {
    name: "CustomNotificationType",
    label: "Custom Notification Type",
    labelPlural: "Custom Notification Types",
    keyPrefix: "0ML",
    fields: customNotificationTypeFields,
  },
];

const definitionObjects: readonly StandardObject[] = [
  {
    name: "EntityDefinition",
    label: "Entity Definition",
    labelPlural: "Entity Definitions",
    keyPrefix: null,
    fields: entityDefinitionFields,
  },
  {
    name: "FieldDefinition",
    label: "Field Definition",
    labelPlural: "Field Definitions",
    keyPrefix: null,
    fields: fieldDefinitionFields,
  },
  {
    name: "FieldPermissions",
    label: "Field Permissions",
    labelPlural: "Field Permissions",
    keyPrefix: null,
    fields: fieldPermissionsFields,
  },
  {
    name: "CustomPermission",
    label: "Custom Permission",
    labelPlural: "Custom Permissions",
    keyPrefix: null,
    fields: customPermissionFields,
  },
  {
    name: "SetupEntityAccess",
    label: "Setup Entity Access",
    labelPlural: "Setup Entity Access",
    keyPrefix: null,
    fields: setupEntityAccessFields,
  },
  {
    name: "UserRecordAccess",
    label: "User Record Access",
    labelPlural: "User Record Access",
    keyPrefix: null,
    fields: userRecordAccessFields,
  },
];

/** Objects of Apex and its tests, which queries alone reach. */
const apexObjects: readonly StandardObject[] = [
  apexObject("ApexClass", "Apex Class", "01p", apexClassFields),
  apexObject("ApexTrigger", "Apex Trigger", "01q", apexTriggerFields),
  apexObject("ApexTestRunResult", "Apex Test Run Result", "05m", testRunFields),
  apexObject("ApexTestQueueItem", "Apex Test Queue Item", "709", testQueueItemFields),
  apexObject("ApexTestResult", "Apex Test Result", "07M", testResultFields),
  apexObject("ApexTestResultLimits", "Apex Test Result Limits", "05n", testResultLimitsFields),
  apexObject("ApexClassOrTrigger", "Apex Class or Trigger", null, apexClassOrTriggerFields),
  apexObject("ApexCodeCoverage", "Apex Code Coverage", "714", coverageFields),
  apexObject("ApexCodeCoverageAggregate", "Apex Coverage Aggregate", "715", coverageFields),
  apexObject("ApexOrgWideCoverage", "Apex Org Wide Coverage", "716", orgWideCoverageFields),
];

/** What only the Tooling API finds. */
export const toolingOnlyObjects: readonly string[] = [
  "ApexClassOrTrigger",
  "ApexCodeCoverage",
  "ApexCodeCoverageAggregate",
  "ApexOrgWideCoverage",
];

function apexObject(
  name: string,
  label: string,
  keyPrefix: string | null,
  fields: StandardObject["fields"],
): StandardObject {
  return { name, label, labelPlural: label, keyPrefix, fields };
}

/** The objects that every org has, before any source is read. */
export function createStandardObjects(changedAt: Date): ObjectSchema[] {
  const build = (object: StandardObject, kind: ObjectSchema["kind"]): ObjectSchema => ({
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    kind,
    keyPrefix: object.keyPrefix,
    custom: false,
    fields: new Map(object.fields().map((field) => [field.name.toLowerCase(), field])),
    recordTypes: [],
    validationRules: [],
    sharingModel: object.sharingModel ?? null,
    publishBehavior: null,
    changedAt,
  });
  return [
    ...standardObjects.map((object) => build(object, "standard")),
    ...[...definitionObjects, ...apexObjects].map((object) => build(object, "definition")),
  ];
}
