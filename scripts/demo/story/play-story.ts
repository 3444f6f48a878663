/** The story of `npm run demo -- --once`: each step must pass, or the exit code says so. */
import { DemoError } from "../demo-error.ts";
import type { Screen } from "../screen.ts";
import type { Demo } from "../start-demo.ts";
import { WaitTimeoutError } from "../../../emulators/wait-until.ts";
import { droppedWebhook } from "./dropped-webhook.ts";
import { editInCirca } from "./edit-in-circa.ts";
import { editInSalesforce } from "./edit-in-salesforce.ts";
import { firstContact } from "./first-contact.ts";
import { forcedEdit } from "./forced-edit.ts";
import { lockedField } from "./locked-field.ts";
import { newPicklistValue } from "./new-picklist-value.ts";
import { passing404 } from "./passing-404.ts";
import { restart } from "./restart.ts";
import { createStage } from "./stage.ts";
import type { Step } from "./step.ts";

const steps: readonly Step[] = [
  firstContact,
  editInCirca,
  editInSalesforce,
  lockedField,
  forcedEdit,
  newPicklistValue,
  droppedWebhook,
  passing404,
  restart,
];

/**
 * Plays the steps in order and prints a row for each as it ends. All are played even when one
 * fails: each tells something of its own.
 * @returns the exit code
 */
export async function playStory(demo: Demo, screen: Screen): Promise<number> {
  const stage = await createStage(demo);
  const width = Math.max(...steps.map(({ title }) => title.length));
  let failures = 0;
  screen.say();
  for (const [index, { title, play }] of steps.entries()) {
    const row = `${String(index + 1).padStart(2)}  ${title.padEnd(width)}`;
    try {
      const { seen, tookMs } = await play(stage);
      screen.say(`${screen.paint("green", "passed")} ${row}  ${duration(tookMs)}  ${seen}`);
    } catch (error) {
      failures += 1;
      screen.say(`${screen.paint("red", "FAILED")} ${row}  ${duration(null)}  ${describe(error)}`);
    }
  }
  screen.say();
  if (failures === 0) {
    screen.say(screen.paint("green", `Every step passed (${steps.length} of ${steps.length}).`));
    return 0;
  }
  screen.say(screen.paint("red", `${failures} of ${steps.length} steps failed.`));
  screen.say(`The end of the middleware's log:\n${demo.middleware.current().logTail().join("\n")}`);
  return 1;
}

function duration(tookMs: number | null): string {
  if (tookMs === null) return "       –";
  const text = tookMs < 10_000 ? `${Math.round(tookMs)} ms` : `${(tookMs / 1000).toFixed(1)} s`;
  return text.padStart(8);
}

function describe(error: unknown): string {
  if (error instanceof DemoError || error instanceof WaitTimeoutError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
