import { z } from "zod";

export const testLevels = [
  "NoTestRun",
  "RunSpecifiedTests",
  "RunLocalTests",
  "RunAllTestsInOrg",
] as const;

const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);

/** DeployOptions; SOAP brings every value as text. */
export const deployOptions = z.looseObject({
  checkOnly: flag.default(false),
  ignoreWarnings: flag.default(false),
  rollbackOnError: flag.default(true),
  singlePackage: flag.default(false),
  /** Without it a sandbox, a scratch or a Developer Edition org runs none. */
  testLevel: z.enum(testLevels).default("NoTestRun"),
  runTests: z.union([z.array(z.string()), z.string().transform((name) => [name])]).default([]),
});

export type DeployOptions = z.infer<typeof deployOptions>;
