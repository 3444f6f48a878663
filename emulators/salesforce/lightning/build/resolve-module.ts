/** Where the modules that Lightning web components import come from. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const baseComponents = path.resolve("node_modules/lightning-base-components");
const browserFolder = path.resolve("emulators/salesforce/lightning/browser");

/** Modules of the platform that base components lack, as this emulator has them. */
const ownModules: Readonly<Record<string, string>> = {
  "lightning/empApi": "emp-api.mjs",
  "lightning/navigation": "navigation.mjs",
  "lightning/platformShowToastEvent": "toast-event.mjs",
  "lightning/uiRecordApi": "record-api.mjs",
  "lightning/refresh": "refresh.mjs",
  "@salesforce/apex": "apex.mjs",
};

const manifestSchema = z.object({
  lwc: z.object({
    modules: z.array(z.object({ name: z.string().optional(), path: z.string().optional() })),
  }),
});

export type FoundModule =
  | { readonly file: string }
  | { readonly code: string; readonly from: string };

/** Finds modules by the names that Lightning gives them. */
export class ModuleFinder {
  private readonly scoped: ReadonlyMap<string, string>;
  private readonly packageFolders: readonly string[];

  /** @param sourceDirs SFDX source folders; those with an `lwc` folder hold components. */
  constructor(sourceDirs: readonly string[]) {
    const text = readFileSync(path.join(baseComponents, "package.json"), "utf8");
    const { modules } = manifestSchema.parse(JSON.parse(text)).lwc;
    this.scoped = new Map(
      modules.flatMap(({ name, path: file }) =>
        name !== undefined && file !== undefined ? [[name, path.join(baseComponents, file)]] : [],
      ),
    );
    this.packageFolders = sourceDirs.map((folder) => path.resolve(folder, "lwc"));
  }

  /** @returns undefined when the name is none of Lightning's, or there is no such module */
  find(name: string): FoundModule | undefined {
    const own = ownModules[name];
    if (own !== undefined) return { file: path.join(browserFolder, own) };
    // Synthetic shadow refuses attachInternals, which the combobox asks for behind this gate.
    if (name === "@salesforce/gate/bc.260.enableComboboxElementInternals") {
      return { code: "export default { isOpen: () => false };", from: name };
    }
    // Base components come with those of an American; the rest of a locale follows from its name.
    if (/^@salesforce\/i18n\/(locale|lang)$/.test(name)) return platformModule(name);
    const scoped = this.scoped.get(name);
    if (scoped !== undefined) return { file: scoped };
    if (name.startsWith("@salesforce/")) return platformModule(name);
    const [namespace, component = ""] = name.split("/");
    if (namespace === "lightning") {
      // Thousands of icon templates: the page's own sprite shows the same icons.
      if (component.startsWith("iconSvgTemplates")) {
        return { code: "export default {};", from: name };
      }
      return findIn([path.join(baseComponents, "src", "lightning")], component);
    }
    return namespace === "c" ? findIn(this.packageFolders, component) : undefined;
  }
}

function findIn(folders: readonly string[], component: string): FoundModule | undefined {
  const files = folders.flatMap((folder) =>
    ["js", "css"].map((ending) => path.join(folder, component, `${component}.${ending}`)),
  );
  const file = files.find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : { file };
}

/** What Salesforce puts behind `@salesforce/…`, as code. */
function platformModule(name: string): FoundModule | undefined {
  const [, kind = "", rest = ""] = /^@salesforce\/(\w+)\/(.+)$/.exec(name) ?? [];
  const exporting = (file: string, call: string, argument: string): FoundModule => ({
    code: `import { ${call} } from ${JSON.stringify(path.join(browserFolder, file))};
export default ${call}(${JSON.stringify(argument)});`,
    from: name,
  });
  switch (kind) {
    case "apex":
      return exporting("apex.mjs", "apexMethod", rest);
    case "label":
      return rest.startsWith("c.")
        ? exporting("page-data.mjs", "labelNamed", rest.slice(2))
        : undefined;
    case "schema": {
      const [objectApiName, ...fields] = rest.split(".");
      const fieldApiName = fields.length > 0 ? { fieldApiName: fields.join(".") } : {};
      return {
        code: `export default ${JSON.stringify({ objectApiName, ...fieldApiName })};`,
        from: name,
      };
    }
    case "i18n":
      return exporting("page-data.mjs", "userLocale", rest);
    case "user":
      return exporting("page-data.mjs", "userValue", rest);
    case "customPermission":
    case "userPermission":
      return exporting("page-data.mjs", "hasPermission", rest);
    default:
      return undefined;
  }
}
