/** Which of the package's components stand on which page, as its metadata says. */
import path from "node:path";
import {
  listFolders,
  listSourceFiles,
  readXmlFile,
  type XmlNode,
} from "../schema/source/read-xml.ts";

/** A tab of its own, at `/lightning/n/<name>`. */
export interface ScreenTab {
  readonly name: string;
  readonly label: string;
  /** Component names in the order of the page. */
  readonly components: readonly string[];
}

export interface PackageScreens {
  readonly appLabel: string | null;
  readonly tabs: readonly ScreenTab[];
  /** Components on the page of a record, by object. */
  readonly recordPages: ReadonlyMap<string, readonly string[]>;
}

interface LightningPage {
  readonly name: string;
  readonly object: string | null;
  readonly components: readonly string[];
}

/**
 * Reads tabs, Lightning pages and the exposed components of SFDX source folders.
 * @throws when a file is no well-formed metadata
 */
export function readPackageScreens(sourceDirs: readonly string[]): PackageScreens {
  const components = new Set(
    sourceDirs.flatMap((dir) => listFolders(path.join(dir, "lwc")).map(({ name }) => name)),
  );
  const pages = sourceDirs.flatMap((dir) => readPages(dir, components));
  const app = sourceDirs.flatMap((dir) =>
    listSourceFiles(path.join(dir, "applications"), ".app-meta.xml"),
  )[0];
  const appNode = app && readXmlFile(app.path, "CustomApplication");
  const order = appNode?.all("tabs").map((tab) => tab.text ?? "") ?? [];
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return {
    appLabel: appNode?.value("label") ?? null,
    tabs: sourceDirs
      .flatMap((dir) => readTabs(dir, pages))
      .sort((one, other) => place(one.name) - place(other.name)),
    recordPages: recordPagesOf(pages),
  };
}

function readPages(dir: string, known: ReadonlySet<string>): LightningPage[] {
  return listSourceFiles(path.join(dir, "flexipages"), ".flexipage-meta.xml").map((file) => {
    const page = readXmlFile(file.path, "FlexiPage");
    const names = page
      .all("flexiPageRegions")
      .flatMap((region) => region.all("itemInstances"))
      .flatMap((item) => item.all("componentInstance"))
      .flatMap((instance) => instance.value("componentName") ?? [])
      .map((name) => name.replace(/^c:/, ""));
    return {
      name: file.name,
      object: page.value("sobjectType"),
      components: names.filter((name) => known.has(name)),
    };
  });
}

function readTabs(dir: string, pages: readonly LightningPage[]): ScreenTab[] {
  return listSourceFiles(path.join(dir, "tabs"), ".tab-meta.xml").flatMap((file) => {
    const tab = readXmlFile(file.path, "CustomTab");
    const components = componentsOfTab(tab, pages);
    const label = tab.value("label") ?? file.name.replaceAll("_", " ");
    return components.length > 0 ? [{ name: file.name, label, components }] : [];
  });
}

function componentsOfTab(tab: XmlNode, pages: readonly LightningPage[]): readonly string[] {
  const own = tab.value("lwcComponent");
  if (own !== null) return [own];
  const pageName = tab.value("flexiPage");
  return pages.find(({ name }) => name === pageName)?.components ?? [];
}

function recordPagesOf(pages: readonly LightningPage[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { object, components } of pages) {
    if (object === null || components.length === 0) continue;
    found.set(object, [...new Set([...(found.get(object) ?? []), ...components])]);
  }
  return found;
}
