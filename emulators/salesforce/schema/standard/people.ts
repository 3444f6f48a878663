import { defineField, readOnlyField } from "../define-field.ts";
import type { FieldSchema, FieldType } from "../types.ts";
import { auditFields, identityFields } from "./audit-fields.ts";

function text(name: string, label: string, length: number, required = false): FieldSchema {
  return defineField({ name, label, type: "string", length, nillable: !required });
}

function reference(name: string, label: string, target: string, required = false): FieldSchema {
  return defineField({
    name,
    label,
    type: "reference",
    length: 18,
    nillable: !required,
    referenceTo: [target],
    relationshipName: name.replace(/Id$/, ""),
  });
}

function choice(name: string, label: string, type: FieldType = "picklist"): FieldSchema {
  return defineField({ name, label, type, length: 40, nillable: false });
}

/** User, as far as owners, sign-in and preflight checks read it. */
export function userFields(): FieldSchema[] {
  return [
    ...identityFields("User").filter((field) => field.name === "Id"),
    defineField({
      name: "Username",
      label: "Username",
      type: "string",
      length: 80,
      nillable: false,
      unique: true,
    }),
    text("LastName", "Last Name", 80, true),
    text("FirstName", "First Name", 40),
    readOnlyField({
      name: "Name",
      label: "Full Name",
      type: "string",
      length: 121,
      nillable: false,
      nameField: true,
    }),
    text("CompanyName", "Company Name", 80),
    text("Department", "Department", 80),
    text("Title", "Title", 80),
    defineField({ name: "Email", label: "Email", type: "email", length: 128, nillable: false }),
    defineField({ name: "Phone", label: "Phone", type: "phone", length: 40 }),
    text("Alias", "Alias", 8, true),
    defineField({
      name: "IsActive",
      label: "Active",
      type: "boolean",
      nillable: false,
      defaultValue: true,
    }),
    choice("TimeZoneSidKey", "Time Zone"),
    choice("LocaleSidKey", "Locale"),
    choice("LanguageLocaleKey", "Language"),
    choice("EmailEncodingKey", "Email Encoding"),
    reference("ProfileId", "Profile ID", "Profile", true),
    { ...choice("UserType", "User Type"), defaultValue: "Standard", defaultedOnCreate: true },
    text("FederationIdentifier", "SAML Federation ID", 512),
    defineField({
      name: "UserPermissionsMarketingUser",
      label: "Marketing User",
      type: "boolean",
      nillable: false,
    }),
    ...auditFields(),
  ];
}

export function profileFields(): FieldSchema[] {
  return [
    ...identityFields("Profile").filter((field) => field.name === "Id"),
    defineField({
      name: "Name",
      label: "Name",
      type: "string",
      length: 255,
      nillable: false,
      nameField: true,
    }),
    reference("UserLicenseId", "User License ID", "UserLicense"),
    choice("UserType", "User Type"),
    ...profilePermissions.map((name) =>
      readOnlyField({
        name: `Permissions${name}`,
        label: name,
        type: "boolean",
        nillable: false,
        defaultValue: false,
      }),
    ),
    ...auditFields(),
  ];
}

/** Those of a profile that tell the least of them from the others. */
export const profilePermissions = ["ModifyAllData", "ApiEnabled", "RunReports"] as const;

export function userLicenseFields(): FieldSchema[] {
  return [
    ...identityFields("User License").filter((field) => field.name === "Id"),
    { ...text("Name", "Name", 255, true), nameField: true },
    text("LicenseDefinitionKey", "License Definition Key", 40, true),
    text("Status", "Status", 40),
  ];
}

/** What sign-in tools ask an org about itself. */
export function organizationFields(): FieldSchema[] {
  return [
    ...identityFields("Organization").filter((field) => field.name === "Id"),
    defineField({
      name: "Name",
      label: "Name",
      type: "string",
      length: 80,
      nillable: false,
      nameField: true,
    }),
    readOnlyField({ name: "InstanceName", label: "Instance Name", type: "string", length: 5 }),
    readOnlyField({ name: "IsSandbox", label: "Is Sandbox", type: "boolean", nillable: false }),
    readOnlyField({ name: "OrganizationType", label: "Edition", type: "picklist", length: 40 }),
    readOnlyField({
      name: "NamespacePrefix",
      label: "Namespace Prefix",
      type: "string",
      length: 15,
    }),
    readOnlyField({ name: "TrialExpirationDate", label: "Trial Expiration", type: "datetime" }),
    choice("TimeZoneSidKey", "Time Zone"),
    choice("DefaultLocaleSidKey", "Locale"),
    choice("LanguageLocaleKey", "Language"),
    ...auditFields(),
  ];
}
