/** The lists of packages of the root and its workspaces fit together: one version each, and no place to get it from. */
import { readFileSync } from "node:fs";

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifest = (folder: string) =>
  JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as Manifest;
const root = manifest(".");
const workspaces = (root.workspaces ?? []).map((folder) => ({ folder, ...manifest(folder) }));

test("every package has the same exact version wherever it is listed", () => {
  const listed = [{ folder: ".", ...root }, ...workspaces].flatMap(
    ({ folder, dependencies, devDependencies }) =>
      Object.entries({ ...dependencies, ...devDependencies }).map(
        ([name, version]) => [name, version, folder] as const,
      ),
  );
  const versions = new Map(listed.map(([name, version]) => [name, version]));
  expect(listed.filter(([name, version]) => versions.get(name) !== version)).toEqual([]);
  expect(listed.filter(([, version]) => !/^(npm:@?[\w/-]+@)?\d[\w.-]*$/.test(version))).toEqual([]);
});

test.each([
  ".",
  ...["salesforce-cli", "static-analysis", "apex-format", "mutation"].map(
    (it) => `scripts/tools/${it}`,
  ),
])("the lockfile of %s names no registry", (folder) => {
  expect(readFileSync(`${folder}/package-lock.json`, "utf8")).not.toMatch(/"resolved": "http/);
});
