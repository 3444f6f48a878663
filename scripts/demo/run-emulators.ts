import { once } from "node:events";
import { parseArgs } from "node:util";
import { reportFailure } from "./report-failure.ts";
import { openScreen } from "./screen.ts";
import { readDemoSettings } from "./settings.ts";
import { startEmulatorsOnly } from "./start-emulators.ts";
import { stopSignal } from "./stop-signal.ts";

const help = `npm run emulators              start both and print their addresses
npm run emulators -- --json    the same as one JSON line for scripts
npm run emulators -- --bare    with a Salesforce that has nothing of the package, to deploy it to
Ports, size and delays: SALESFORCE_PORT, CIRCA_PORT, DEMO_LINKS, SALESFORCE_DELAY_MS, CIRCA_DELAY_MS
`;

/** @returns the exit code */
export async function runEmulators(args: string[]): Promise<number> {
  const errors = openScreen(process.stderr, process.env);
  const stop = stopSignal();
  try {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: "boolean" },
        bare: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      return 0;
    }
    const settings = { ...readDemoSettings(process.env), bare: values.bare === true };
    const emulators = await startEmulatorsOnly(settings, (step) => errors.say(step));
    const { salesforce, circa } = emulators.line;
    process.stdout.write(
      values.json
        ? `${JSON.stringify(emulators.line)}\n`
        : `Salesforce  ${salesforce.url}\nCirca       ${circa.url}\nCtrl-C ends both.\n`,
    );
    if (!stop.aborted) await once(stop, "abort");
    await emulators.close();
    return 0;
  } catch (error) {
    return reportFailure(error, errors, help);
  }
}
