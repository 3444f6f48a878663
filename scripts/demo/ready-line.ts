/** The one line that `--json` prints: addresses and credentials for scripts and tests. */
import { z } from "zod";

const salesforce = z.strictObject({
  url: z.url(),
  apiVersion: z.string().regex(/^\d+\.0$/),
  integration: z.strictObject({
    username: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
    privateKeyFile: z.string(),
    accessToken: z.string(),
  }),
  /** A person who edits, as opposed to the integration. */
  person: z.strictObject({ username: z.string(), accessToken: z.string() }),
});

const circa = z.strictObject({
  url: z.url(),
  api: z.url(),
  integration: z.strictObject({ apiKey: z.string() }),
  /** A person who edits, as opposed to the integration. */
  person: z.strictObject({ apiKey: z.string() }),
});

const middleware = z.strictObject({
  url: z.url(),
  webhooks: z.url(),
  webhookSecret: z.string().startsWith("whsec_"),
  adminToken: z.string().min(16),
  pid: z.int().positive(),
});

export const emulatorsLine = z.strictObject({ ready: z.literal(true), salesforce, circa });
export const readyLine = emulatorsLine.extend({ middleware });

/** What `npm run emulators -- --json` prints. */
export type EmulatorsLine = z.infer<typeof emulatorsLine>;
/** What `npm run demo -- --json` prints. */
export type ReadyLine = z.infer<typeof readyLine>;
