/** Settings of the demo by environment variables. */
import { z } from "zod";
import { DemoError } from "./demo-error.ts";

const wholeNumber = (meaning: string, max: number) =>
  z.coerce
    .number({ error: `must be ${meaning}` })
    .int(`must be ${meaning}`)
    .min(0, `must be ${meaning}`)
    .max(max, `must be ${meaning}`);
const port = wholeNumber("a port number, or 0 for any free one", 65_535).default(0);
const delay = wholeNumber("milliseconds, at most 60000", 60_000).default(0);

const environment = z.object({
  SALESFORCE_PORT: port,
  CIRCA_PORT: port,
  PORT: port,
  DEMO_LINKS: wholeNumber("a number of links, at most 100000", 100_000).default(20),
  SALESFORCE_DELAY_MS: delay,
  CIRCA_DELAY_MS: delay,
  SWEEP_INTERVAL_SECONDS: wholeNumber("a number of seconds, 0 for no sweep", 86_400).default(3600),
  LOG_LEVEL: z.string().default("info"),
});

export interface DemoSettings {
  readonly salesforcePort: number;
  readonly circaPort: number;
  readonly middlewarePort: number;
  /** Connected pairs of Event and Campaign to start with. */
  readonly links: number;
  /** What each answer of the emulator is held back. */
  readonly salesforceDelayMs: number;
  readonly circaDelayMs: number;
  readonly sweepIntervalSeconds: number;
  readonly logLevel: string;
}

/** @throws DemoError naming every wrong variable */
export function readDemoSettings(env: Readonly<Record<string, string | undefined>>): DemoSettings {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== "");
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    throw new DemoError(`The demo can't start:\n  ${faults.join("\n  ")}`);
  }
  return {
    salesforcePort: parsed.data.SALESFORCE_PORT,
    circaPort: parsed.data.CIRCA_PORT,
    middlewarePort: parsed.data.PORT,
    links: parsed.data.DEMO_LINKS,
    salesforceDelayMs: parsed.data.SALESFORCE_DELAY_MS,
    circaDelayMs: parsed.data.CIRCA_DELAY_MS,
    sweepIntervalSeconds: parsed.data.SWEEP_INTERVAL_SECONDS,
    logLevel: parsed.data.LOG_LEVEL,
  };
}
