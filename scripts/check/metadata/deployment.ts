import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { startSalesforceEmulator } from "../../../emulators/salesforce/index.ts";
import type { DeployMessage } from "../../../emulators/salesforce/metadata-api/deploy/deploy-message.ts";
import { deployOptions } from "../../../emulators/salesforce/metadata-api/deploy/deploy-options.ts";
import { readDeployFolder } from "../../../emulators/salesforce/metadata-api/deploy/read-package.ts";
import { pathsOf } from "../../../emulators/salesforce/metadata-api/format/source-paths.ts";
import type { Finding } from "../finding.ts";

/**
 * Deploys source folders to a bare local Salesforce, one after the other, each on what those before it
 * have brought.
 * @param folders that hold `classes`, `objects` …
 * @returns what is refused; nothing of a folder that is refused is in the org for the next ones
 */
export async function checkDeployment(folders: readonly string[]): Promise<Finding[]> {
  const salesforce = await startSalesforceEmulator({
    sourceDirs: [],
    bare: true,
    translationWorkbench: true,
  });
  try {
    const findings: Finding[] = [];
    for (const folder of folders) {
      const job = salesforce.metadata.deployments.request(
        salesforce.person.userId,
        deployOptions.parse({}),
        () => readDeployFolder(folder),
      );
      await salesforce.metadata.deployments.ended(job);
      findings.push(
        ...job.messages
          .filter(({ problemType }) => problemType === "Error")
          .map((message) => findingOf(folder, message)),
      );
    }
    return findings;
  } finally {
    await salesforce.close();
  }
}

function findingOf(folder: string, message: DeployMessage): Finding {
  const { componentType: type, fullName, fileName, problem = "", lineNumber } = message;
  const places = [...pathsOf({ type, fullName }), fileName];
  const file =
    places.map((place) => fileAt(folder, place)).find((place) => existsSync(place)) ??
    path.join(folder, fileName);
  const where = { file, message: `${type} ${fullName}: ${problem}` };
  return lineNumber === undefined ? where : { ...where, line: lineNumber };
}

/** An org knows no folders below `classes`; a project may have sorted its files into some. */
function fileAt(folder: string, place: string): string {
  const top = path.join(folder, place.split("/")[0] ?? "");
  const below = existsSync(top) ? readdirSync(top, { recursive: true, encoding: "utf8" }) : [];
  const sorted = below.find((file) => path.basename(file) === path.basename(place));
  const file = path.join(folder, place);
  return existsSync(file) || sorted === undefined ? file : path.join(top, sorted);
}
