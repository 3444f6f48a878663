import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ComponentSet, MetadataConverter } from "@salesforce/source-deploy-retrieve";
import type { Finding } from "../finding.ts";
import type { PackageSource } from "../../../emulators/salesforce/metadata-api/rules/package-source.ts";

/**
 * Converts the package into the form in which it is deployed, with Salesforce's own library, and
 * checks that every file belongs to a component and every component reaches the manifest.
 */
export async function checkConversion(source: PackageSource): Promise<Finding[]> {
  const outputDirectory = await mkdtemp(path.join(os.tmpdir(), "package-conversion-"));
  try {
    const findings = await Promise.all(
      source.directories.map((directory) => convert(source, directory, outputDirectory)),
    );
    return findings.flat();
  } finally {
    await rm(outputDirectory, { recursive: true, force: true });
  }
}

async function convert(
  source: PackageSource,
  directory: string,
  outputDirectory: string,
): Promise<Finding[]> {
  const target = path.join(outputDirectory, directory);
  let components: ComponentSet;
  try {
    components = ComponentSet.fromSource(path.join(source.root, directory));
    await new MetadataConverter().convert(components, "metadata", {
      type: "directory",
      outputDirectory: target,
      genUniqueDir: false,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ file: directory, message: `cannot be converted: ${message}` }];
  }
  const manifest = await readFile(path.join(target, "package.xml"), "utf8");
  const claimed = new Set<string>();
  const findings: Finding[] = [];
  for (const component of components.getSourceComponents()) {
    const files = [component.xml, ...component.walkContent()];
    for (const child of component.getChildren()) files.push(child.xml);
    for (const file of files) if (file) claimed.add(path.relative(source.root, file));
    // The manifest marks a folder with a slash.
    const members = [component.fullName, `${component.fullName}/`];
    if (!members.some((name) => manifest.includes(`<members>${name}</members>`))) {
      const message = `${component.fullName} does not reach the manifest`;
      findings.push({ file: component.xml ?? directory, message });
    }
  }
  for (const { path: file } of source.files) {
    const isSource = file.startsWith(`${directory}/`) && !/\/(__tests__|\.[^/]+)\//.test(file);
    if (isSource && !claimed.has(path.normalize(file))) {
      findings.push({ file, message: "belongs to no component" });
    }
  }
  return findings;
}
