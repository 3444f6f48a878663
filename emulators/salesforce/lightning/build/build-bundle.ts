/**
 * Bundles the package's Lightning web components with the base components into one script. Runs in
 * a process of its own, since compiling a thousand modules would hold up the emulator:
 * `node --import tsx build-bundle.ts <JSON>`.
 */
import { renameSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { z } from "zod";
import { lwcPlugin } from "./lwc-plugin.ts";
import { ModuleFinder } from "./resolve-module.ts";
import { TransformCache } from "./transform-cache.ts";

const orderSchema = z.object({
  sourceDirs: z.array(z.string()),
  /** Names of the components that pages show. */
  components: z.array(z.string()),
  /** With LWC's warnings on the console, and slower. */
  isDebug: z.boolean(),
  outFile: z.string(),
});

const browserFolder = path.resolve("emulators/salesforce/lightning/browser");

async function buildBundle(order: z.infer<typeof orderSchema>): Promise<void> {
  const written = `${order.outFile}.${process.pid}`;
  const imports = order.components.map((name) => `  ${name}: () => import("c/${name}"),`);
  await build({
    stdin: {
      contents: `import "@lwc/synthetic-shadow";
import { startPage } from ${JSON.stringify(path.join(browserFolder, "start-page.mjs"))};
startPage({\n${imports.join("\n")}\n});`,
      resolveDir: process.cwd(),
    },
    outfile: written,
    bundle: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
    minifySyntax: !order.isDebug,
    minifyWhitespace: !order.isDebug,
    define: {
      "import.meta.env.SSR": "false",
      "process.env.NODE_ENV": order.isDebug ? '"development"' : '"production"',
      "process.env.SKIP_LWC_VERSION_MISMATCH_CHECK": '"true"',
    },
    plugins: [
      lwcPlugin(new ModuleFinder(order.sourceDirs), new TransformCache(".cache/lightning/parts")),
    ],
  });
  renameSync(written, order.outFile);
}

await buildBundle(orderSchema.parse(JSON.parse(process.argv[2] ?? "")));
