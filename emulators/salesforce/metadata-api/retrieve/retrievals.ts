import type { DeployTarget } from "../deploy/deploy-to.ts";
import { currentFiles } from "../deploy/deploy-to.ts";
import { writeArchive } from "../format/archive.ts";
import { type ComponentName, keyOf } from "../format/component.ts";
import { childNamed, isKnownType } from "../format/component-types.ts";
import { writeManifest } from "../format/manifest.ts";
import { toPackage } from "../format/to-package.ts";
import { componentsOfOrg, fileProperties } from "../list-metadata.ts";
import { metadataRowFiles } from "./metadata-row-files.ts";

export interface RetrieveRequest {
  /** `*` as a name stands for every component of its kind. */
  readonly components: readonly ComponentName[];
  readonly version: string;
  /** Whether the files lie at the zip's root, or in `unpackaged`. */
  readonly isSinglePackage: boolean;
}

/** The org's retrieve calls; each is done when it is first asked for. */
export class Retrievals {
  private readonly results = new Map<string, object>();

  constructor(private readonly target: DeployTarget) {}

  /** @returns the Id to ask for the result by */
  request(request: RetrieveRequest): string {
    const id = this.target.org.ids.next("09S");
    this.results.set(id, this.run(id, request));
    return id;
  }

  /** A RetrieveResult (or its promise); null for an Id that is no retrieve call's. */
  result(id: string): object | null {
    return this.results.get(id) ?? null;
  }

  private async run(id: string, request: RetrieveRequest): Promise<object> {
    const { target } = this;
    const all = [
      ...currentFiles(target).filter(({ component }) => component.type !== "CustomMetadata"),
      ...metadataRowFiles(target.org),
    ];
    const wanted = withParts(target, request.components);
    const there = new Set(componentsOfOrg(target).map(keyOf));
    const missing = wanted.filter((name) => !there.has(keyOf(name)));
    const keys = new Set(wanted.map(keyOf));
    const files = all.filter(({ component }) => keys.has(keyOf(component)));
    const found = wanted.filter((name) => there.has(keyOf(name)));
    const root = request.isSinglePackage ? "" : "unpackaged/";
    const archive = new Map([...toPackage(files)].map(([path, text]) => [`${root}${path}`, text]));
    archive.set(`${root}package.xml`, writeManifest(found, request.version));
    return {
      done: true,
      id,
      status: "Succeeded",
      success: true,
      fileProperties: found.map((name) => fileProperties(target, name)),
      messages: missing.map((name) => ({
        fileName: `${root}package.xml`,
        problem: problemOf(name),
      })),
      zipFile: (await writeArchive(archive)).toString("base64"),
    };
  }
}

function problemOf({ type, fullName }: ComponentName): string {
  return isKnownType(type)
    ? `Entity of type '${type}' named '${fullName}' cannot be found`
    : `Entity type '${type}' is unknown`;
}

/** The components that are asked for, `*` as names, and the parts of whole objects. */
function withParts(target: DeployTarget, asked: readonly ComponentName[]): ComponentName[] {
  const all = componentsOfOrg(target);
  const named = asked.flatMap((name) =>
    name.fullName === "*" ? all.filter(({ type }) => type === name.type) : [name],
  );
  const objects = new Set(
    named.filter(({ type }) => type === "CustomObject").map(({ fullName }) => fullName),
  );
  const hasLabels = named.some(({ type }) => type === "CustomLabels");
  const parts = all.filter(({ type, fullName }) => {
    const parent = childNamed(type)?.parent.name;
    if (parent === "CustomLabels") return hasLabels;
    return parent === "CustomObject" && objects.has(fullName.split(".")[0] ?? "");
  });
  return [...new Map([...named, ...parts].map((name) => [keyOf(name), name])).values()];
}
