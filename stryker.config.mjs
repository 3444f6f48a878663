/**
 * Mutation testing: does a unit test fail when a rule is changed? `npm run mutation` runs it over
 * the rules that decide what is written: plan, values, classification of answers, circuit.
 */
export default {
  testRunner: "jest",
  jest: { configFile: "test/mutation/jest.config.mjs" },
  mutate: [
    "middleware/sync/plan/plan.ts",
    "middleware/sync/values/**/*.ts",
    "middleware/model/answers/**/*.ts",
    "middleware/systems/circuit/circuit.ts",
    "middleware/systems/circa/call.ts",
    "middleware/systems/salesforce/connection/errors.ts",
  ],
  coverageAnalysis: "perTest",
  // Constants that are computed at import need a fresh module for each mutant; few rules hang on them.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 5_000,
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: ".cache/mutation/report.json" },
  tempDirName: ".cache/mutation/sandbox",
  ignorePatterns: ["/force-app", "/emulators/salesforce", "/emulators/apex", "/dist"],
};
