import lwc from "@salesforce/sfdx-lwc-jest/config.js";

/** Tests with real servers, of the service and of each workspace apart. */
const node = (displayName, folder) => ({
  displayName,
  testEnvironment: "node",
  roots: [`<rootDir>/${folder}`],
  // They exist as ES modules alone, which Jest 29 has to be given as CommonJS.
  transformIgnorePatterns: ["/node_modules/(?!(p-limit|yocto-queue)/)"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.[tj]s$": [
      "@swc/jest",
      {
        jsc: { target: "es2022", parser: { syntax: "typescript" } },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
});

/** The package's Lightning components, each by itself on stubs of Salesforce's own. */
const components = {
  ...lwc.jestConfig,
  displayName: "components",
  roots: ["<rootDir>/force-app", "<rootDir>/test/lwc"],
  testMatch: ["**/lwc/**/__tests__/**/*.test.js"],
  moduleNameMapper: {
    "^testing/(.*)$": "<rootDir>/test/lwc/$1.js",
    "^lightning/modal$": "<rootDir>/test/lwc/modal/modal.js",
  },
  setupFilesAfterEnv: [...lwc.jestConfig.setupFilesAfterEnv, "<rootDir>/test/lwc/set-up.js"],
};

/** @type {import("jest").Config} */
export default {
  projects: [
    node("service", "test"),
    node("apex", "emulators/apex/test"),
    node("salesforce", "emulators/salesforce/test"),
    node("circa", "emulators/circa/test"),
    node("simulation", "simulation/test"),
    components,
  ],
  // Real servers and real waiting need more patience than jest's 5 s on a busy machine.
  testTimeout: 120_000,
  maxWorkers: 2,
  // Jest keeps what each test file has loaded, up to 3 GB a worker by the end of a run. Freeing that
  // takes a worker longer than the 500 ms that Jest gives it, and Jest then suspects a leaking test.
  workerIdleMemoryLimit: "1GB",
};
