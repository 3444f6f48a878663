// One plain JavaScript file for production: it starts faster and holds less memory than a loader.
import { build } from "esbuild";

await build({
  entryPoints: { middleware: "middleware/cli.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
});
