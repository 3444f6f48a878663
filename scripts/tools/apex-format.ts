/** Prettier for Apex, whose plugin brings Salesforce's parser as a large program of its own. */
import path from "node:path";
import { installTool } from "./install-tool.ts";

const files = "**/*.{cls,trigger,apex}";

/**
 * @param named the files that are formatted, @default all Apex
 * @param root this repository
 * @returns the program for Node, and its arguments
 * @throws ToolMissingError when the plugin is not there and npm can't install it
 */
export function apexFormatCommand(named: readonly string[] = [], root = process.cwd()): string[] {
  const plugin = path.join(
    installTool("apex-format", root),
    "node_modules/prettier-plugin-apex/dist/src/index.js",
  );
  return [
    path.resolve(root, "node_modules/prettier/bin/prettier.cjs"),
    ...["--plugin", plugin, "--parser", "apex", "--tab-width", "4", "--no-editorconfig"],
    ...(named.length > 0 ? named : [files]),
  ];
}
