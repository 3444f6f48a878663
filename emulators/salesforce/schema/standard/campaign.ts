import { defineField, picklistValuesOf, readOnlyField } from "../define-field.ts";
import type { FieldSchema } from "../types.ts";
import { auditFields, identityFields, ownerField } from "./audit-fields.ts";

/** The values a new org starts with. Neither list is restricted until an admin says so. */
const campaignTypes = [
  "Conference",
  "Webinar",
  "Trade Show",
  "Public Relations",
  "Partners",
  "Referral Program",
  "Advertisement",
  "Banner Ads",
  "Direct Mail",
  "Email",
  "Telemarketing",
  "Other",
];
const campaignStatuses = ["Planned", "In Progress", "Completed", "Aborted"];

function currency(name: string, label: string): FieldSchema {
  return defineField({ name, label, type: "currency", precision: 18, scale: 0 });
}

function count(name: string, label: string): FieldSchema {
  return readOnlyField({
    name,
    label,
    type: "int",
    precision: 9,
    nillable: false,
    defaultedOnCreate: true,
    defaultValue: 0,
  });
}

function total(name: string, label: string): FieldSchema {
  return readOnlyField({
    name,
    label,
    type: "currency",
    precision: 18,
    scale: 0,
    nillable: false,
    defaultedOnCreate: true,
    defaultValue: 0,
  });
}

const describedFields: FieldSchema[] = [
  defineField({
    name: "Name",
    label: "Campaign Name",
    type: "string",
    length: 80,
    nillable: false,
    nameField: true,
  }),
  defineField({
    name: "ParentId",
    label: "Parent Campaign ID",
    type: "reference",
    length: 18,
    referenceTo: ["Campaign"],
    relationshipName: "Parent",
    childRelationshipName: "ChildCampaigns",
  }),
  defineField({
    name: "Type",
    label: "Type",
    type: "picklist",
    length: 255,
    picklistValues: picklistValuesOf(campaignTypes),
  }),
  defineField({
    name: "RecordTypeId",
    label: "Record Type ID",
    type: "reference",
    length: 18,
    referenceTo: ["RecordType"],
    relationshipName: "RecordType",
    defaultedOnCreate: true,
  }),
  defineField({
    name: "Status",
    label: "Status",
    type: "picklist",
    length: 255,
    defaultedOnCreate: true,
    picklistValues: picklistValuesOf(campaignStatuses, "Planned"),
  }),
  defineField({ name: "StartDate", label: "Start Date", type: "date" }),
  defineField({ name: "EndDate", label: "End Date", type: "date" }),
  currency("ExpectedRevenue", "Expected Revenue"),
  currency("BudgetedCost", "Budgeted Cost"),
  currency("ActualCost", "Actual Cost"),
  defineField({
    name: "ExpectedResponse",
    label: "Expected Response (%)",
    type: "percent",
    precision: 10,
    scale: 2,
    defaultedOnCreate: true,
    defaultValue: 0,
  }),
  defineField({ name: "NumberSent", label: "Num Sent", type: "double", precision: 18, scale: 0 }),
  defineField({
    name: "IsActive",
    label: "Active",
    type: "boolean",
    nillable: false,
    defaultedOnCreate: true,
  }),
  defineField({
    name: "Description",
    label: "Description",
    type: "textarea",
    length: 32_000,
    filterable: false,
  }),
];

const rollUps: FieldSchema[] = [
  count("NumberOfLeads", "Leads in Campaign"),
  count("NumberOfConvertedLeads", "Converted Leads in Campaign"),
  count("NumberOfContacts", "Contacts in Campaign"),
  count("NumberOfResponses", "Responses in Campaign"),
  count("NumberOfOpportunities", "Opportunities in Campaign"),
  count("NumberOfWonOpportunities", "Won Opportunities in Campaign"),
  total("AmountAllOpportunities", "Value Opportunities in Campaign"),
  total("AmountWonOpportunities", "Value Won Opportunities in Campaign"),
];

const activityFields: FieldSchema[] = [
  readOnlyField({ name: "LastActivityDate", label: "Last Activity", type: "date" }),
  readOnlyField({ name: "LastViewedDate", label: "Last Viewed Date", type: "datetime" }),
  readOnlyField({ name: "LastReferencedDate", label: "Last Referenced Date", type: "datetime" }),
];

/** Campaign's own fields, in the order of describe, for an org with one currency. */
export function campaignFields(): FieldSchema[] {
  return structuredClone([
    ...identityFields("Campaign"),
    ...describedFields,
    ...rollUps,
    ownerField(),
    ...auditFields(),
    ...activityFields,
  ]);
}
