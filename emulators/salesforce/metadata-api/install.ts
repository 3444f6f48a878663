import { deployOptions } from "./deploy/deploy-options.ts";
import { readDeployFolder } from "./deploy/read-package.ts";
import type { MetadataApi } from "./metadata-api.ts";

/**
 * Deploys source folders as one package from within the process, without tests: folders of this repository,
 * which its check holds to the rules.
 * @throws Error with every refusal
 */
export async function installFolders(
  { deployments }: MetadataApi,
  userId: string,
  folders: readonly string[],
): Promise<void> {
  const packages = folders.map(readDeployFolder);
  const job = deployments.request(userId, deployOptions.parse({}), () => ({
    files: packages.flatMap(({ files }) => files),
    strays: packages.flatMap(({ strays }) => strays),
    members: null,
    deletions: [],
    isChecked: true,
  }));
  await deployments.ended(job);
  if (job.status === "Succeeded") return;
  const refusals = job.messages
    .filter(({ problemType }) => problemType === "Error")
    .map(({ fileName, lineNumber, fullName, problem }) =>
      [fileName, lineNumber ?? 0, ` ${fullName}: ${problem ?? ""}`].join(":"),
    );
  throw new Error(`The package can't be installed:\n${refusals.join("\n")}`);
}
