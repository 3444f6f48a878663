/**
 * Which way imports may run (docs/architecture.md, "Floors"). `npm run check` holds the code to it,
 * imports of types included. scripts/lint/folders.config.mjs has the rule for folders.
 */

/** From the roof down: what stands on a floor imports from its own and from those below it. */
const floors = [
  "middleware/[^/]+[.]ts$|^middleware/command-line/",
  "middleware/(http|salesforce-ui)/",
  "middleware/intake/",
  "middleware/sync/",
  "middleware/(queue|cluster)/",
  "middleware/store/",
  "middleware/systems/",
  "middleware/model/",
  "middleware/runtime/",
].map((floor) => `^${floor}`);

const workspaces = "emulators/(apex|salesforce|circa)|simulation";

const downwards = floors.slice(1).map((floor, nth) => ({
  name: `no-import-upwards-${nth + 1}`,
  comment: "A lower floor knows nothing of a higher one. Move what both need down, or pass it in.",
  severity: "error",
  from: { path: floor },
  to: { path: floors.slice(0, nth + 1) },
}));

const apart = (name, from, to, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: `^${from}/` },
  to: { path: `^${to}/` },
});

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circular-files",
      comment: "Files that import each other can't be read one after the other.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...downwards,
    apart(
      "middleware-knows-no-emulator",
      "middleware",
      "(emulators|simulation|scripts|test)",
      "The product runs without them.",
    ),
    apart(
      "emulators-know-no-middleware",
      "emulators",
      "middleware",
      "A stand-in that shares code with the product forgives what the product does.",
    ),
    {
      name: "apex-knows-no-host",
      comment:
        "The Apex engine asks its host through emulators/apex/ports.ts. Its tests run on the host.",
      severity: "error",
      from: { path: "^emulators/apex/", pathNot: "^emulators/apex/test/" },
      to: { path: "^(emulators|middleware|simulation|scripts|test)/", pathNot: "^emulators/apex/" },
    },
    {
      name: "only-tests-import-tests",
      comment: "Tests may import whatever they need; nothing else needs a test.",
      severity: "error",
      from: { path: "^(emulators|simulation|scripts)/", pathNot: "/test/" },
      to: { path: "(^|/)test/", pathNot: "node_modules" },
    },
    apart(
      "workspaces-know-no-root-tests",
      "(emulators|simulation)",
      "test",
      "A workspace's tests are its own. What both need stands beside the emulators, as wait-until.ts does.",
    ),
    {
      name: "only-declared-packages",
      comment: "Add it to the package.json that is nearest.",
      severity: "error",
      from: { path: `^(middleware|${workspaces})/`, pathNot: "/test/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev", "unknown"] },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
    exclude: { path: "^(force-app|dist)" },
  },
};
