import type { Org } from "../data/org.ts";
import { Deployments } from "./deploy/deployments.ts";
import type { DeployTarget } from "./deploy/deploy-to.ts";
import { Retrievals } from "./retrieve/retrievals.ts";

/** The Metadata API of an org, without any network. */
export interface MetadataApi {
  readonly target: DeployTarget;
  readonly deployments: Deployments;
  readonly retrievals: Retrievals;
}

export function createMetadataApi(target: DeployTarget): MetadataApi {
  return { target, deployments: new Deployments(target), retrievals: new Retrievals(target) };
}

export const noAccess =
  "use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions";

export function mayUseMetadataApi(org: Org, userId: string): boolean {
  const access = org.accessOf(userId);
  return ["ModifyAllData", "ModifyMetadata"].some((name) => access.hasUserPermission(name));
}
