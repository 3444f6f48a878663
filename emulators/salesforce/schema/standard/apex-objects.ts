import { defineField, readOnlyField } from "../define-field.ts";
import type { FieldSchema, FieldType } from "../types.ts";
import { auditFields, identityFields } from "./audit-fields.ts";

function id(label: string): FieldSchema[] {
  return identityFields(label).filter((field) => field.name === "Id");
}

function plain(type: FieldType, ...names: readonly string[]): FieldSchema[] {
  const length = type === "string" ? 255 : type === "reference" ? 18 : 0;
  return names.map((name) => readOnlyField({ name, type, length, precision: 9 }));
}

function lookup(name: string, target: string): FieldSchema {
  return readOnlyField({
    name,
    type: "reference",
    length: 18,
    referenceTo: [target],
    relationshipName: name.replace(/Id$/, ""),
  });
}

function named(): FieldSchema[] {
  return [
    defineField({ name: "Name", type: "string", length: 255, nameField: true }),
    ...plain("string", "NamespacePrefix", "Status"),
    ...plain("double", "ApiVersion"),
    ...plain("boolean", "IsValid"),
    ...auditFields(),
  ];
}

export function apexClassFields(): FieldSchema[] {
  return [...id("Class"), ...named()];
}

export function apexTriggerFields(): FieldSchema[] {
  return [...id("Trigger"), ...named(), ...plain("string", "TableEnumOrId")];
}

/** What is covered may be either; queries reach it by this one. */
export function apexClassOrTriggerFields(): FieldSchema[] {
  return [...id("Class or Trigger"), ...plain("string", "Name")];
}

export function testRunFields(): FieldSchema[] {
  return [
    ...id("Test Run"),
    ...plain("reference", "AsyncApexJobId", "UserId"),
    ...plain("string", "JobName", "Status", "Source"),
    ...plain("datetime", "StartTime", "EndTime"),
    ...plain("int", "TestTime", "TestSetupTime", "ClassesEnqueued", "ClassesCompleted"),
    ...plain("int", "MethodsEnqueued", "MethodsCompleted", "MethodsFailed"),
  ];
}

export function testQueueItemFields(): FieldSchema[] {
  return [
    ...id("Test Queue Item"),
    lookup("ApexClassId", "ApexClass"),
    ...plain("reference", "ParentJobId", "TestRunResultId"),
    ...plain("string", "Status", "ExtendedStatus"),
  ];
}

export function testResultFields(): FieldSchema[] {
  return [
    ...id("Test Result"),
    lookup("ApexClassId", "ApexClass"),
    ...plain("reference", "QueueItemId", "AsyncApexJobId", "ApexLogId", "ApexTestRunResultId"),
    ...plain("string", "MethodName", "Outcome", "Message", "StackTrace"),
    ...plain("int", "RunTime"),
    ...plain("datetime", "TestTimestamp"),
    ...plain("boolean", "IsTestSetup"),
  ];
}

export function coverageFields(): FieldSchema[] {
  return [
    ...id("Coverage"),
    lookup("ApexClassOrTriggerId", "ApexClassOrTrigger"),
    ...plain("string", "ApexTestClassId", "TestMethodName"),
    ...plain("int", "NumLinesCovered", "NumLinesUncovered"),
    // A complex type; the route makes an object of it.
    ...plain("string", "Coverage"),
  ];
}

export function orgWideCoverageFields(): FieldSchema[] {
  return [...id("Org Wide Coverage"), ...plain("int", "PercentCovered")];
}

/** What a test used up; the engine keeps no such rows. */
export function testResultLimitsFields(): FieldSchema[] {
  const result = lookup("ApexTestResultId", "ApexTestResult");
  return [
    ...id("Test Result Limits"),
    { ...result, childRelationshipName: "ApexTestResults" },
    ...plain("int", "Callouts", "AsyncCalls", "DmlRows", "Email", "MobilePush", "QueryRows"),
    ...plain("int", "Sosl", "Cpu", "Dml", "Soql"),
    ...plain("string", "LimitContext", "LimitExceptions"),
  ];
}
