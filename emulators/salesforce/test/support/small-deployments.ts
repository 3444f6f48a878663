/** Packages of a few files, deployed in process to a bare local org. */
import type { SalesforceEmulator } from "../../index.ts";
import type { DeployJob } from "../../metadata-api/deploy/deploy-job.ts";
import { deployOptions } from "../../metadata-api/deploy/deploy-options.ts";
import type { ComponentName } from "../../metadata-api/format/component.ts";
import { fromPackage } from "../../metadata-api/format/from-package.ts";

export const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const meta = `<ApexClass ${namespace}><apiVersion>61.0</apiVersion><status>Active</status></ApexClass>`;

/** Texts by their path in the package. */
export type Files = Readonly<Record<string, string>>;
interface Order {
  readonly options?: object;
  readonly deletions?: readonly ComponentName[];
}

export function startDeployment(
  org: SalesforceEmulator,
  files: Files,
  { options = {}, deletions = [] }: Order = {},
): DeployJob {
  const given = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  return org.metadata.deployments.request(org.person.userId, deployOptions.parse(options), () => ({
    ...fromPackage(given),
    members: null,
    deletions,
  }));
}

/** Deploys, and gives what is refused: `file:line:column problem`. */
export async function deploy(
  org: SalesforceEmulator,
  files: Files,
  order: Order = {},
): Promise<string[]> {
  const job = await org.metadata.deployments.ended(startDeployment(org, files, order));
  const problems = job.messages
    .filter(({ problemType }) => problemType === "Error")
    .map(({ fileName, lineNumber, columnNumber, problem }) =>
      `${[fileName, lineNumber, columnNumber].filter(Boolean).join(":")} ${problem ?? ""}`.trim(),
    );
  expect(job.status).toBe(problems.length === 0 ? "Succeeded" : "Failed");
  return problems;
}

export function apexClass(name: string, body: string): Files {
  return { [`classes/${name}.cls`]: body, [`classes/${name}.cls-meta.xml`]: meta };
}
