import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { z } from "zod";
import type { Finding } from "../finding.ts";
import {
  filesNamed,
  type PackageSource,
} from "../../../emulators/salesforce/metadata-api/rules/package-source.ts";
import { childText, readWellFormedXml } from "../../../emulators/salesforce/xml.ts";

const SCHEMA_DIRECTORY = "node_modules/@salesforce/schemas";
const projectFiles = [
  { file: "sfdx-project.json", schema: "sfdx-project.schema.json", isRequired: true },
  {
    file: "config/project-scratch-def.json",
    schema: "project-scratch-def.schema.json",
    isRequired: false,
  },
] as const;

/** What the schema leaves open. */
const projectSchema = z.object({
  sourceApiVersion: z.string().regex(/^\d{2,3}\.0$/, "should read like 61.0"),
  namespace: z
    .string()
    .regex(/^([A-Za-z](_?[A-Za-z0-9]){0,14})?$/, "is no namespace that Salesforce accepts"),
  packageDirectories: z.array(
    z.object({
      path: z.string(),
      versionNumber: z
        .string()
        .regex(/^\d+\.\d+\.\d+\.(NEXT|\d+)$/, "should read like 0.1.0.NEXT")
        .optional(),
    }),
  ),
});

/**
 * Checks the Salesforce DX project files against Salesforce's schemas, and that the whole package is of
 * one API version.
 */
export function checkProjectFiles(source: PackageSource): Finding[] {
  const findings = projectFiles.flatMap(({ file, schema, isRequired }) => {
    if (existsSync(path.join(source.root, file))) return checkAgainstSchema(source, file, schema);
    return isRequired ? [{ file, message: "is missing" }] : [];
  });
  if (findings.length > 0) return findings;
  return [
    ...checkProject(source),
    ...checkVersions(source),
    ...checkRows(source),
    ...checkReports(source),
    ...checkTranslations(source),
  ];
}

function readJson(source: PackageSource, file: string): unknown {
  return JSON.parse(readFileSync(path.join(source.root, file), "utf8"));
}

function checkAgainstSchema(source: PackageSource, file: string, schemaFile: string): Finding[] {
  let content: unknown;
  try {
    content = readJson(source, file);
  } catch (error) {
    return [{ file, message: `is no JSON: ${error instanceof Error ? error.message : ""}` }];
  }
  const schemaText = readFileSync(path.join(SCHEMA_DIRECTORY, schemaFile), "utf8");
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(schemaText) as object);
  if (validate(content)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => ({
    file,
    message: `${instancePath || "the file"} ${message ?? "is wrong"} ${JSON.stringify(params)}`,
  }));
}

function checkProject(source: PackageSource): Finding[] {
  const file = "sfdx-project.json";
  const parsed = projectSchema.safeParse(readJson(source, file));
  const findings = (parsed.error?.issues ?? []).map((issue) => ({
    file,
    message: `${issue.path.join(".")} ${issue.message}`,
  }));
  for (const directory of parsed.data?.packageDirectories ?? []) {
    if (!existsSync(path.join(source.root, directory.path))) {
      findings.push({ file, message: `the package directory ${directory.path} does not exist` });
    }
  }
  return findings;
}

function checkVersions(source: PackageSource): Finding[] {
  const parsed = projectSchema.safeParse(readJson(source, "sfdx-project.json"));
  const projectVersion = parsed.data?.sourceApiVersion;
  if (projectVersion === undefined) return [];
  return filesNamed(source, "-meta.xml").flatMap(({ path: file, text }) => {
    const element = readWellFormedXml(text);
    const version = element && childText(element, "apiVersion");
    return version === undefined || version === projectVersion
      ? []
      : [{ file, message: `is of API version ${version}, the project of ${projectVersion}` }];
  });
}

/**
 * A row of custom metadata belongs to the admin who edits it, and a deployment overwrites the rows that it
 * holds (`SubscriberControlled` governs upgrades of an installed package only).
 */
function checkRows(source: PackageSource): Finding[] {
  const project = projectSchema.safeParse(readJson(source, "sfdx-project.json"));
  const deployed = (project.data?.packageDirectories ?? []).map(
    (directory) => `${directory.path}/`,
  );
  return filesNamed(source, ".md-meta.xml")
    .filter(({ path: file }) => deployed.some((directory) => file.startsWith(directory)))
    .map(({ path: file }) => ({
      file,
      message: "would overwrite what an admin has saved, each time the package is deployed",
    }));
}

/** The package directory that a file is deployed with. */
function directoryOf(source: PackageSource, file: string): string | undefined {
  const project = projectSchema.safeParse(readJson(source, "sfdx-project.json"));
  return (project.data?.packageDirectories ?? [])
    .map((directory) => directory.path)
    .find((directory) => file.startsWith(`${directory}/`));
}

/**
 * A validation does not know the report types that it holds itself: "invalid report type"
 * (PranavNagrecha/AwesomeSalesforceSkills, reports-and-dashboards/references/gotchas.md, seen in an org).
 */
function checkReports(source: PackageSource): Finding[] {
  const typesByDirectory = filesNamed(source, ".reportType-meta.xml").map(
    ({ path: file }) =>
      `${directoryOf(source, file)}/${path.basename(file, ".reportType-meta.xml")}__c`,
  );
  return filesNamed(source, ".report-meta.xml").flatMap(({ path: file, text }) => {
    const element = readWellFormedXml(text);
    const type = `${directoryOf(source, file)}/${element && childText(element, "reportType")}`;
    const message = "is of a report type of the same deployment, which a validation refuses";
    return typesByDirectory.includes(type) ? [{ file, message }] : [];
  });
}

/** An org without Translation Workbench refuses a deployment that holds translations. */
function checkTranslations(source: PackageSource): Finding[] {
  const translations = filesNamed(source, ".translation-meta.xml").map(({ path: file }) => file);
  return translations
    .filter((file) =>
      source.files.some(
        (other) =>
          directoryOf(source, other.path) === directoryOf(source, file) &&
          !translations.includes(other.path),
      ),
    )
    .map((file) => ({
      file,
      message: "must be in a directory of its own: not every org takes translations",
    }));
}
