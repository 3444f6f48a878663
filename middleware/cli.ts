/** The command line `event-info-sync`. Without a command it starts the service. */
import { Command } from "commander";
import { check } from "./command-line/check.ts";
import { loadEnvironment } from "./command-line/environment.ts";
import { start } from "./start.ts";
import { status } from "./command-line/status.ts";
import { describeError } from "./runtime/errors.ts";
import { version } from "./runtime/version.ts";

const program = new Command("event-info-sync")
  .description("Keeps Circa Events and Salesforce Campaigns in sync, field by field.")
  .version(version, "-V, --version", "the version of this software")
  .helpOption("-h, --help", "this help")
  .addHelpText(
    "after",
    `
Settings are environment variables, or lines of a file .env in the folder where the command runs;
a variable that is set wins over the file. .env.example lists them.

Examples:
  event-info-sync check            before the first start: what is missing, and how to repair it
  event-info-sync start            run the service until it is stopped
  event-info-sync status           is all well? ends with 1 where it is not
  event-info-sync status --json    the same for scripts
  event-info-sync start --take-over
                                   after the server it ran on was lost with its store`,
  );

program
  .command("start", { isDefault: true })
  .description("run the service until SIGTERM or SIGINT")
  .option("--take-over", "take org and workspace from the service that has them; for one start")
  .action(({ takeOver }: { takeOver?: true }) =>
    start(takeOver === true ? { ...process.env, TAKE_OVER: "1" } : process.env),
  );

program
  .command("status")
  .description("ask the running service how it is")
  .option("--url <address>", "where it listens (default: HOST and PORT)")
  .option("--json", "print the service's whole answer as JSON")
  .action((options: { url?: string; json?: true }) => status(process.env, options));

program
  .command("check")
  .description("test settings, sign-ins, permissions, fields and the webhook; writes nothing")
  .option("--json", "print the outcome as JSON")
  .action((options: { json?: true }) => check(process.env, options));

program.hook("preAction", () => {
  for (const warning of loadEnvironment()) process.stderr.write(`${warning}\n`);
});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(1);
}
