import root from "../../jest.config.mjs";

const [service] = root.projects;

/** The unit tests of the mutated rules alone: a mutant is judged in milliseconds, without servers. */
export default {
  ...service,
  rootDir: "../..",
  // The tests of a rule are found along imports, which Jest follows under its roots alone.
  roots: ["<rootDir>/test", "<rootDir>/middleware"],
  testMatch: ["<rootDir>/test/unit/{answers,sync,values,systems}/**/*.test.ts"],
  setupFiles: ["<rootDir>/test/mutation/few-runs.ts"],
};
