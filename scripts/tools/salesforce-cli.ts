/** The Salesforce CLI, as pinned in the folder of its name. */
import path from "node:path";
import { installTool } from "./install-tool.ts";

/**
 * @param root this repository
 * @returns its program, for Node
 * @throws ToolMissingError when it is not there and npm can't install it
 */
export function salesforceCliProgram(root = process.cwd()): string {
  return path.join(installTool("salesforce-cli", root), "node_modules/@salesforce/cli/bin/run.js");
}
