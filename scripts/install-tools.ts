/** Installs the tools that are named, or all: what a build server does before it checks and tests. */
import { installTool, tools } from "./tools/install-tool.ts";

const named = process.argv.slice(2);
const unknown = named.filter((name) => !tools.some((tool) => tool === name));
if (unknown.length > 0) {
  console.error(`Not known: ${unknown.join(", ")}. There are ${tools.join(", ")}.`);
  process.exitCode = 2;
} else {
  for (const tool of tools) {
    if (named.length === 0 || named.includes(tool)) console.log(installTool(tool));
  }
}
