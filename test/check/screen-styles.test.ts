/** The step for the screens' style sheets and templates: it can fail, and says which file breaks which rule. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { allSteps } from "../../scripts/check/all-steps.ts";

const folder = "force-app/main/default/lwc/circaSample";

/** Files of a component with one mistake each, and the rule that it breaks. */
const wrongFiles: readonly (readonly [name: string, text: string, rule: string])[] = [
  ["colour.css", ".name { color: #0b5cab; }", "no-hardcoded-values-slds2"],
  ["distance.css", ".name { padding: 0.75rem; }", "no-hardcoded-values-slds2"],
  ["excused.css", "/* eslint-disable */\n.name { color: #0b5cab; }", "no-hardcoded-values-slds2"],
  ["token.css", ".name { color: var(--lwc-brandPrimary); }", "lwc-token-to-slds-hook"],
  [
    "class.html",
    '<template><p class="slds-text-heading--small">Hi</p></template>',
    "enforce-bem-usage",
  ],
];

const right = ["right.css", ".name { color: var(--slds-g-color-on-surface-2, #444); }"] as const;

/** What the step's rules say of these files. */
function check(files: readonly (readonly [name: string, text: string, ...rest: string[]])[]): {
  status: number | null;
  said: string;
} {
  const root = mkdtempSync(path.join(os.tmpdir(), "screen-styles-"));
  try {
    mkdirSync(path.join(root, folder), { recursive: true });
    for (const [name, text] of files) writeFileSync(path.join(root, folder, name), text);
    const program = path.resolve("node_modules/eslint/bin/eslint.js");
    const config = ["--config", path.resolve("scripts/lint/slds.config.mjs")];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, ...config, "--max-warnings", "0", "force-app"],
      { cwd: root, encoding: "utf8" },
    );
    return { status, said: stdout + stderr };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

test("what is written into a component instead of a hook is named with its file and rule", () => {
  const { status, said } = check([...wrongFiles, right]);
  expect(status).toBe(1);
  const parts = said.split(/^(?=\/)/m);
  const wrong = wrongFiles.map(([name, , rule]) => [name, rule]);
  const found = wrongFiles.map(([name]) => {
    const part = parts.find((text) => text.split("\n")[0]?.endsWith(`${folder}/${name}`)) ?? "";
    return [name, /@salesforce-ux\/slds\/([\w-]+)/.exec(part)?.[1]];
  });
  expect(found).toEqual(wrong);
  expect(said).not.toContain("right.css");
});

test("a hook with a value to fall back on is let pass", () => {
  expect(check([right])).toEqual({ status: 0, said: "" });
});

test("npm run check has it as a step", () => {
  expect(allSteps(false).map(({ name }) => name)).toContain("screen styles");
});
