import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { OnResolveResult, Plugin } from "esbuild";
import type { ModuleFinder } from "./resolve-module.ts";
import type { TransformCache } from "./transform-cache.ts";

const emptyModule = "lwc-empty";
const virtualModule = "lwc-virtual";
const scopedSuffix = "?scoped=true";

/** Bundles Lightning web components with esbuild: their modules' names, their HTML and their CSS. */
export function lwcPlugin(finder: ModuleFinder, cache: TransformCache): Plugin {
  return {
    name: "lwc",
    setup(build) {
      build.onResolve({ filter: /^(@salesforce|lightning|c)\// }, ({ path: name }) =>
        resolveNamed(finder, name),
      );
      build.onResolve({ filter: /^assert$/ }, ({ path: name }) => resolveNamed(finder, name));
      build.onResolve({ filter: /^\..*\.(html|css)(\?scoped=true)?$/ }, (args) =>
        resolvePart(args.resolveDir, args.path),
      );
      build.onLoad({ filter: /.*/, namespace: emptyModule }, () => ({
        contents: "export default undefined;",
      }));
      build.onLoad({ filter: /.*/, namespace: virtualModule }, ({ pluginData }) => ({
        contents: (pluginData as { code: string }).code,
        resolveDir: process.cwd(),
      }));
      build.onLoad({ filter: /\.(js|html|css)$/ }, ({ path: file, suffix }) => {
        const component = componentOf(file);
        if (!component) return undefined;
        const source = readFileSync(file, "utf8");
        const isScoped = suffix === scopedSuffix;
        const code = cache.transform(source, file, { ...component, isScoped });
        return { contents: withSpriteIcons(file, code), loader: "js" };
      });
    },
  };
}

function resolveNamed(finder: ModuleFinder, name: string): OnResolveResult {
  const found = finder.find(name);
  if (!found) return { errors: [{ text: `There is no module ${name}.` }] };
  if ("file" in found) return { path: found.file };
  return { path: found.from, namespace: virtualModule, pluginData: { code: found.code } };
}

/** A component need have neither template nor style sheet; the compiler asks for both. */
function resolvePart(folder: string, name: string): OnResolveResult {
  const isScoped = name.endsWith(scopedSuffix);
  const file = path.join(folder, isScoped ? name.slice(0, -scopedSuffix.length) : name);
  if (!existsSync(file)) return { path: file, namespace: emptyModule };
  return isScoped ? { path: file, suffix: scopedSuffix } : { path: file };
}

/** `…/lwc/<name>/…` is of the package, `…/src/lightning/<name>/…` a base component. */
function componentOf(file: string): { namespace: string; name: string } | undefined {
  const parts = file.split(path.sep);
  const own = parts.lastIndexOf("lwc");
  const isBase = file.includes(`${path.sep}lightning-base-components${path.sep}src${path.sep}`);
  if (isBase) {
    return { namespace: "lightning", name: parts[parts.lastIndexOf("lightning") + 1] ?? "" };
  }
  const isPackage = own >= 0 && !parts.includes("node_modules");
  return isPackage ? { namespace: "c", name: parts[own + 1] ?? "" } : undefined;
}

/** Icons come from the design system's sprites instead of thousands of templates. */
function withSpriteIcons(file: string, code: string): string {
  if (!file.endsWith("primitiveIcon.js")) return code;
  const before = "return this.src ? sanitizeURL(this.src) : '';";
  if (!code.includes(before)) throw new Error("lightning-primitive-icon has another href.");
  return code.replace(
    before,
    "return this.src ? sanitizeURL(this.src) : `/assets/icons/${this.category}-sprite/svg/symbols.svg#${this.name}`;",
  );
}
