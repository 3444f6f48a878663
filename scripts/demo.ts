/**
 * `npm run demo`: everything on this machine, with no org and no account.
 * `-- --once` plays a story and ends; `-- --json` prints one line for scripts and stays up.
 */
import { checkNodeVersion } from "./demo/node-version.ts";

checkNodeVersion();
const { runDemo } = await import("./demo/run-demo.ts");
// Whatever still waits for something, an interrupted step for instance, is not waited for.
process.exit(await runDemo(process.argv.slice(2)));
