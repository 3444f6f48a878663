import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const right = {
  file: "middleware/right.ts",
  text: "export const answer = (): Promise<number> => Promise.resolve(42);\n",
};

/** Files with one mistake each, and what the check says of it. */
const wrongFiles: { readonly file: string; readonly text: string; readonly finding: RegExp }[] = [
  {
    file: "middleware/wrong-type.ts",
    text: `export const port: number = "8080";\n`,
    finding: /^middleware\/wrong-type\.ts\(1,14\): error TS2322: Type 'string' is not assignable/m,
  },
  {
    file: "middleware/not-awaited.ts",
    text: `import { answer } from "./right.ts";\n\nanswer();\n`,
    finding: /not-awaited\.ts\n +3:1 +error .* @typescript-eslint\/no-floating-promises$/m,
  },
  {
    file: "scripts/build.mjs",
    text: "const unused = 1;\n",
    finding: /build\.mjs\n +1:7 +error .* @typescript-eslint\/no-unused-vars$/m,
  },
  {
    file: "force-app/main/default/lwc/circaWrong/circaWrong.js",
    text: `import { LightningElement, api } from "lwc";

export default class CircaWrong extends LightningElement {
  @api disabled = true;
}
`,
    finding: /circaWrong\.js\n +4:\d+ +error .* @lwc\/lwc\/valid-api$/m,
  },
];

/** What the check says of a folder with these files and this project's own settings. */
function check(files: readonly { readonly file: string; readonly text: string }[]) {
  const root = mkdtempSync(path.join(os.tmpdir(), "types-and-lint-"));
  const settings = [
    {
      file: "tsconfig.json",
      // The types of node and jest lie in this project's folder, and the samples do without.
      text: JSON.stringify({
        extends: path.resolve("tsconfig.json"),
        compilerOptions: { types: [] },
        include: ["middleware"],
      }),
    },
    {
      file: "eslint.config.mjs",
      text: `export { default } from ${JSON.stringify(path.resolve("eslint.config.mjs"))};\n`,
    },
  ];
  try {
    for (const { file, text } of [...settings, ...files]) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    const step = ["node_modules/tsx/dist/cli.mjs", "scripts/check/code/types-and-lint.ts"];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      step.map((file) => path.resolve(file)),
      { cwd: root, encoding: "utf8" },
    );
    return { status, output: stdout + stderr };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

test("code without a mistake passes and nothing is said", () => {
  expect(check([right])).toEqual({ status: 0, output: "" });
});

test("wrong types and what the linter finds are said together, and the check fails", () => {
  const { status, output } = check([right, ...wrongFiles]);

  expect(status).toBe(1);
  for (const { finding } of wrongFiles) expect(output).toMatch(finding);
  expect(output).not.toContain("right.ts");
});
