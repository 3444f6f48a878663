/** `npm run format` of Apex: `--write` or `--check`, and the files if not all. */
import { spawnSync } from "node:child_process";
import { apexFormatCommand } from "./tools/apex-format.ts";

const [mode = "--write", ...named] = process.argv.slice(2);
const [program = "", ...args] = apexFormatCommand(named);
const { status } = spawnSync(process.execPath, [program, mode, ...args], { stdio: "inherit" });
process.exitCode = status ?? 1;
