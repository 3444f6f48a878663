import { type DeployMessage, fileFailure } from "./deploy-message.ts";
import type { SourceFile } from "../format/component.ts";

/** What an admin has switched on in the org. */
export interface OrgFeatures {
  /** Setup > Translation Workbench; off in a new org. */
  readonly translationWorkbench: boolean;
}

/** Rules that depend on the org and on the kind of deployment, not on the files alone. */
export function checkOrgRules(
  files: readonly SourceFile[],
  before: readonly SourceFile[],
  features: OrgFeatures,
  checkOnly: boolean,
): DeployMessage[] {
  return [
    ...(features.translationWorkbench ? [] : translations(files)),
    ...(checkOnly ? reportsOnNewTypes(files, before) : []),
  ];
}

/** As orgs without Translation Workbench say (SalesforceFoundation/NPSP issue 2281). */
function translations(files: readonly SourceFile[]): DeployMessage[] {
  return files
    .filter(({ component }) => component.type === "Translations")
    .map((file) => fileFailure(file, "Not available for deploy for this organization"));
}

/** A validation makes no report type, so it can't find the one that a report names. */
function reportsOnNewTypes(
  files: readonly SourceFile[],
  before: readonly SourceFile[],
): DeployMessage[] {
  const there = new Set(
    before.filter(({ component }) => component.type === "ReportType").map(nameOf),
  );
  const fresh = files
    .filter(({ component }) => component.type === "ReportType")
    .filter((file) => !there.has(nameOf(file)))
    .map(nameOf);
  return files
    .filter(({ component }) => component.type === "Report")
    .filter(({ content }) =>
      fresh.some((name) => content.includes(`<reportType>${name}__c</reportType>`)),
    )
    .map((file) => fileFailure(file, "invalid report type"));
}

function nameOf({ component }: SourceFile): string {
  return component.fullName;
}
