/** `npm run emulators`: the local Salesforce and the local Circa without the middleware. */
import { checkNodeVersion } from "./demo/node-version.ts";

checkNodeVersion();
const { runEmulators } = await import("./demo/run-emulators.ts");
process.exit(await runEmulators(process.argv.slice(2)));
