/** The checks of floors, rooms and words: each is able to fail, and says which file breaks which rule. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkRetiredWords } from "../../scripts/check/code/retired-words.ts";
import { checkFolderCycles } from "../../scripts/check/code/folder-cycles.ts";
import { checkFolderSizes } from "../../scripts/check/code/folder-sizes.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "imports-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

/** What is said of the files that were written, by this project's own rules for files. */
const cruise = (...folders: string[]) => cruiseBy(".dependency-cruiser.mjs", folders);

function cruiseBy(rules: string, folders: readonly string[]) {
  if (!existsSync(path.join(root, "package.json"))) write("package.json", "{}");
  write(
    "tsconfig.json",
    JSON.stringify({ extends: path.resolve("tsconfig.json"), include: ["."] }),
  );
  const program = path.resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [program, "--config", path.resolve(rules), ...folders];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { status, said: stdout.replace(/\s+/g, " ") };
}

const between = (folder: string, file: string) =>
  path.posix.relative(folder, file).replace(/^(?!\.)/, "./");
const imports = (file: string) => `import type { A } from "${file}";\nexport type B = A;\n`;

test.each(["middleware/sync", "emulators/apex"])(
  "two files of %s that import each other, of types alone",
  (folder) => {
    write(`${folder}/one.ts`, `import type { A } from "./two.ts";\nexport type B = A;\n`);
    write(`${folder}/two.ts`, `import type { B } from "./one.ts";\nexport type A = B | 1;\n`);
    const { status, said } = cruise(folder.split("/")[0]!);
    expect(said).toContain(`no-circular-files: ${folder}/one.ts → ${folder}/two.ts`);
    expect(status).not.toBe(0);
  },
);

test.each([
  ["middleware/sync/plan", "middleware/sync/read"],
  ["emulators/salesforce/rest", "emulators/salesforce/pages"],
  ["emulators/circa/pages", "emulators/circa/routes"],
  ["simulation/oracle", "simulation/people"],
])("%s and %s import each other, though no two files do", (one, other) => {
  write(`${one}/one.ts`, imports(between(one, `${other}/two.ts`)));
  write(`${other}/two.ts`, "export type A = 1;\n");
  write(`${other}/three.ts`, imports(between(other, `${one}/four.ts`)));
  write(`${one}/four.ts`, "export type A = 1;\n");
  const { status, said } = cruiseBy("scripts/lint/folders.config.mjs", [one.split("/")[0]!]);
  expect(said).toMatch(new RegExp(`no-circular-folders: (${one}|${other}) `));
  expect(status).not.toBe(0);
});

test("a workspace's tests may stand on what stands above it", () => {
  write("emulators/apex/test/one.ts", imports("../../salesforce/two.ts"));
  write("emulators/salesforce/two.ts", imports("../apex/three.ts"));
  write("emulators/apex/three.ts", "export type A = 1;\n");
  expect(cruiseBy("scripts/lint/folders.config.mjs", ["emulators"])).toMatchObject({ status: 0 });
  expect(cruise("emulators")).toMatchObject({ status: 0 });
});

test.each([
  ["middleware/store/one.ts", "middleware/sync/two.ts", "no-import-upwards"],
  ["middleware/model/one.ts", "middleware/systems/two.ts", "no-import-upwards"],
  ["middleware/intake/one.ts", "middleware/http/two.ts", "no-import-upwards"],
  ["middleware/intake/one.ts", "middleware/main.ts", "no-import-upwards"],
  ["middleware/sync/one.ts", "emulators/two.ts", "middleware-knows-no-emulator"],
  ["emulators/one.ts", "middleware/two.ts", "emulators-know-no-middleware"],
  ["emulators/apex/one.ts", "emulators/salesforce/two.ts", "apex-knows-no-host"],
  ["scripts/one.ts", "test/two.ts", "only-tests-import-tests"],
  ["emulators/salesforce/one.ts", "emulators/salesforce/test/two.ts", "only-tests-import-tests"],
  ["emulators/circa/test/one.ts", "test/support/two.ts", "workspaces-know-no-root-tests"],
  ["simulation/test/one.ts", "test/support/two.ts", "workspaces-know-no-root-tests"],
])("%s imports %s", (from, to, rule) => {
  write(from, imports(between(path.posix.dirname(from), to)));
  write(to, "export type A = 1;\n");
  const { status, said } = cruise(from.split("/")[0]!, to.split("/")[0]!);
  expect(said).toMatch(new RegExp(`${rule}[-\\d]*: ${from} → ${to}`));
  expect(status).not.toBe(0);
});

test.each([
  ["middleware", "package.json", { devDependencies: { fs2: "1.0.0" } }],
  ["emulators/circa", "emulators/circa/package.json", { devDependencies: { fs2: "1.0.0" } }],
  ["simulation", "simulation/package.json", {}],
])("a package that %s does not list, though the root does", (folder, file, manifest) => {
  write("package.json", JSON.stringify({ dependencies: { fs2: "1.0.0" } }));
  write(file, JSON.stringify(manifest));
  write("node_modules/fs2/package.json", JSON.stringify({ name: "fs2", main: "index.js" }));
  write("node_modules/fs2/index.js", "module.exports = {};\n");
  write(`${folder}/one/two.ts`, `import fs2 from "fs2";\nexport default fs2;\n`);
  const { status, said } = cruise(folder.split("/")[0]!);
  expect(said).toContain(`only-declared-packages: ${folder}/one/two.ts → `);
  expect(status).not.toBe(0);
});

test("what imports downwards is let pass", () => {
  write(
    "middleware/sync/one.ts",
    `import type { A } from "../store/two.ts";\nexport type B = A;\n`,
  );
  write("middleware/store/two.ts", "export type A = 1;\n");
  expect(cruise("middleware")).toMatchObject({ status: 0 });
});

test("a folder and one within it import each other, of types alone", () => {
  write("middleware/model/index.ts", imports("./entries/one.ts"));
  write("middleware/model/entries/one.ts", "export type A = 1;\n");
  write("middleware/model/entries/two.ts", imports("../entry.ts"));
  write("middleware/model/entry.ts", "export type A = 1;\n");
  const found = checkFolderCycles(path.join(root, "middleware"));
  expect(found.map(({ file }) => path.relative(root, file)).sort()).toEqual([
    "middleware/model/entries/two.ts",
    "middleware/model/index.ts",
  ]);
});

test("a folder of sixteen files", () => {
  for (let nth = 0; nth < 16; nth += 1) write(`middleware/sync/file-${nth}.ts`, "export {};\n");
  const folder = path.join(root, "middleware");
  expect(checkFolderSizes(folder)).toEqual([
    { file: path.join(folder, "sync"), message: expect.stringContaining("16 files") as unknown },
  ]);
});

test("a word that the glossary has retired", () => {
  write("middleware/one.ts", "const mostRows = 3;\nexport const maxRows = mostRows;\n");
  write("middleware/two.ts", "export interface LinkWork {\n  readonly atStep: string;\n}\n");
  write("middleware/three.ts", "export interface ListWatchParts {}\n");
  const found = checkRetiredWords([path.join(root, "middleware")]);
  expect(found.map(({ message }) => message)).toEqual([
    "line 1: mostRows is retired, say maxRows (docs/glossary.md)",
    "line 1: ListWatchParts is retired, say StalePicklistDetector (docs/glossary.md)",
    "line 1: LinkWork is retired, say the phase's own type, as in sync/plan/link-task.ts (docs/glossary.md)",
    "line 2: atStep is retired, say onFailpoint (docs/glossary.md)",
  ]);
});
