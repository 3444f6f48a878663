import { defineField, readOnlyField } from "../define-field.ts";
import type { FieldSchema } from "../types.ts";
import { identityFields } from "./audit-fields.ts";

function id(label: string): FieldSchema[] {
  return identityFields(label).filter((field) => field.name === "Id");
}

/** Jobs that `System.schedule` has put on the schedule. */
export function cronTriggerFields(): FieldSchema[] {
  return [
    ...id("Scheduled Job"),
    readOnlyField({
      name: "CronJobDetailId",
      label: "Job Detail ID",
      type: "reference",
      length: 18,
      referenceTo: ["CronJobDetail"],
      relationshipName: "CronJobDetail",
    }),
    readOnlyField({
      name: "CronExpression",
      label: "Cron Expression",
      type: "string",
      length: 255,
    }),
    readOnlyField({ name: "State", label: "State", type: "string", length: 20 }),
    readOnlyField({
      name: "OwnerId",
      label: "Owner ID",
      type: "reference",
      length: 18,
      referenceTo: ["User"],
      relationshipName: "Owner",
    }),
    readOnlyField({
      name: "CreatedById",
      label: "Created By ID",
      type: "reference",
      length: 18,
      referenceTo: ["User"],
      relationshipName: "CreatedBy",
    }),
  ];
}

/** What such a job is called. */
export function cronJobDetailFields(): FieldSchema[] {
  return [
    ...id("Job Detail"),
    readOnlyField({
      name: "Name",
      label: "Job Name",
      type: "string",
      length: 255,
      nameField: true,
    }),
    readOnlyField({ name: "JobType", label: "Job Type", type: "string", length: 10 }),
  ];
}

/** Rows of this object come from the notification types in the source folders. */
export function customNotificationTypeFields(): FieldSchema[] {
  return [
    ...id("Custom Notification Type"),
    defineField({ name: "DeveloperName", label: "API Name", type: "string", length: 80 }),
    defineField({ name: "MasterLabel", label: "Name", type: "string", length: 80 }),
    defineField({ name: "NamespacePrefix", label: "Namespace", type: "string", length: 15 }),
  ];
}
