/** Both emulators, seeded with the same Events and Campaigns, ready to be kept in sync. */
import { startCircaEmulator, type CircaEmulator } from "./circa/index.ts";
import {
  defaultSourceDirs,
  startSalesforceEmulator,
  type SalesforceEmulator,
} from "./salesforce/index.ts";
import { activateMappings } from "./seed/activate-mappings.ts";
import type { StreamingOptions } from "./salesforce/streaming/streaming-context.ts";
import { seedBoth } from "./seed/seed-both.ts";

export interface EmulatorOptions {
  /** 0: any free port. @default 0 */
  readonly salesforcePort?: number;
  /** 0: any free port. @default 0 */
  readonly circaPort?: number;
  /** Connected pairs of Event and Campaign. @default 20 */
  readonly links?: number;
  /** What each answer is held back, in milliseconds. @default 0 */
  readonly salesforceDelayMs?: number;
  /** What each answer is held back, in milliseconds. @default 0 */
  readonly circaDelayMs?: number;
  /** API requests of 24 hours that the org allows to all users together. @default 15,000 */
  readonly dailyRequestLimit?: number;
  /** Multiplies the waits between attempts of a webhook (5 s, 30 s … 24 h). @default 1 */
  readonly webhookRetryScale?: number;
  /** How long a webhook's receiver may take, in milliseconds. @default 15_000 */
  readonly webhookTimeoutMs?: number;
  /** Time limits of the Streaming API, to shorten the waiting in tests. */
  readonly streaming?: Partial<StreamingOptions>;
  /** The org's Id, 15 characters; another one makes it another org. */
  readonly orgId?: string;
  /** Switches all mapping rows on; they come switched off. @default true */
  readonly activateMappings?: boolean;
  /** SFDX source folders of the org, on top of the package and the demo org. @default none */
  readonly sourceDirs?: readonly string[];
  /** A Salesforce that has nothing of the package, with Campaigns that no Event is connected to. @default false */
  readonly bare?: boolean;
  /** Deploys the package to the Salesforce instead of reading its files. @default false */
  readonly install?: boolean;
}

export interface Emulators {
  readonly salesforce: SalesforceEmulator;
  readonly circa: CircaEmulator;
  close(): Promise<void>;
}

/** @throws when a port can't be listened on */
export async function startEmulators(options: EmulatorOptions = {}): Promise<Emulators> {
  const salesforce = await startSalesforceEmulator({
    port: options.salesforcePort ?? 0,
    ...(options.orgId === undefined ? {} : { orgId: options.orgId }),
    ...(options.streaming === undefined ? {} : { streaming: options.streaming }),
    delayMs: options.salesforceDelayMs ?? 0,
    ...(options.dailyRequestLimit === undefined
      ? {}
      : { dailyRequestLimit: options.dailyRequestLimit }),
    bare: options.bare === true,
    install: options.install === true && options.bare !== true,
    sourceDirs: [...(options.bare ? [] : defaultSourceDirs), ...(options.sourceDirs ?? [])],
  });
  const started: { close(): Promise<void> }[] = [salesforce];
  const close = async () => {
    await Promise.all(started.map((part) => part.close()));
  };
  try {
    const circa = await startCircaEmulator({
      port: options.circaPort ?? 0,
      delayMs: options.circaDelayMs ?? 0,
      retryScale: options.webhookRetryScale ?? 1,
      webhookTimeoutMs: options.webhookTimeoutMs ?? 15_000,
      salesforceUrl: salesforce.url,
    });
    started.push(circa);
    seedBoth(salesforce, circa, options.links ?? 20);
    if (options.activateMappings ?? true) activateMappings(salesforce);
    return { salesforce, circa, close };
  } catch (error) {
    await close();
    throw error;
  }
}
