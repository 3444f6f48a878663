import { once } from "node:events";
import { parseArgs } from "node:util";
import { followChanges } from "./follow-changes.ts";
import { keepRunning } from "./keep-running.ts";
import { reportFailure } from "./report-failure.ts";
import { openScreen, type Screen } from "./screen.ts";
import { readDemoSettings } from "./settings.ts";
import { startDemo, type Demo } from "./start-demo.ts";
import { playStory } from "./story/play-story.ts";
import { stopSignal } from "./stop-signal.ts";
import { welcome } from "./welcome.ts";

const help = `npm run demo              start everything, then print each sync as it happens
npm run demo -- --once    play the story once; exits 0 only if every step passed
npm run demo -- --json    one JSON line for scripts when ready; logs go to stderr
Ports, size and delays: SALESFORCE_PORT, CIRCA_PORT, PORT, DEMO_LINKS, SALESFORCE_DELAY_MS,
CIRCA_DELAY_MS, SWEEP_INTERVAL_SECONDS
`;

/** @returns the exit code */
export async function runDemo(args: string[]): Promise<number> {
  const errors = openScreen(process.stderr, process.env);
  const stop = stopSignal();
  const stopped = once(stop, "abort").then(() => null);
  try {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: "boolean" },
        once: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      return 0;
    }
    // Only --json keeps stdout for its line; otherwise all of it is for people.
    const screen = values.json ? errors : openScreen(process.stdout, process.env);
    const onLogLine = values.json ? (line: string) => errors.say(line) : () => undefined;
    const settings = readDemoSettings(process.env);
    const starting = startDemo(settings, progressOn(screen), onLogLine);
    const demo = await Promise.race([starting, stopped]);
    // Handlers of "exit" end the middleware and remove the temporary folder.
    if (demo === null) process.exit(0);
    const code = stop.aborted
      ? 0
      : await use(demo, { ...values, links: settings.links }, screen, stop);
    await demo.close();
    return code;
  } catch (error) {
    return reportFailure(error, errors, help);
  }
}

async function use(
  demo: Demo,
  mode: { json?: boolean | undefined; once?: boolean | undefined; links: number },
  screen: Screen,
  stop: AbortSignal,
): Promise<number> {
  if (mode.json) process.stdout.write(`${JSON.stringify(demo.line)}\n`);
  if (mode.once) {
    const interrupted = once(stop, "abort").then(() => 130);
    return Promise.race([playStory(demo, screen), interrupted]);
  }
  if (!mode.json) {
    screen.say(welcome(demo.line, mode.links, screen));
    // Builds the screens in Salesforce meanwhile, so that the first visitor need not wait.
    fetch(`${demo.line.salesforce.url}/lightning/components.js`).catch(() => undefined);
    void followChanges(demo, screen, stop);
  }
  await keepRunning(demo.middleware, screen, stop);
  screen.say("\nStopping …");
  return 0;
}

/** One line per step with the time it took, in seconds since the start. */
function progressOn(screen: Screen): (step: string) => void {
  const startedAt = performance.now();
  return (step) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5);
    screen.say(screen.paint("dim", `${seconds} s  ${step}`));
  };
}
