import { LightningBundle } from "./bundle.ts";
import type { Lightning } from "./lightning-pages.ts";
import { readPackageScreens } from "./package-screens.ts";

/** The screens of an org's source; nothing is built before a page asks for it. */
export function createLightning(sourceDirs: readonly string[]): Lightning {
  const screens = readPackageScreens(sourceDirs);
  const shown = [
    ...screens.tabs.flatMap(({ components }) => components),
    ...[...screens.recordPages.values()].flat(),
  ];
  const components = [...new Set(shown)].sort();
  return { screens, sourceDirs, bundle: new LightningBundle(sourceDirs, components) };
}
