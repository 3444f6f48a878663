import type { Finding } from "../finding.ts";
import { type Component, type Components, componentsOf, hasComponent } from "../components.ts";
import { childrenNamed, childText, type XmlElement } from "../../../xml.ts";

/** Apps, tabs and Lightning pages name tabs, pages, objects and components that exist. */
export function checkScreens(components: Components): Finding[] {
  const findings: Finding[] = [];
  const need = (part: Component, at: XmlElement, suffix: string, name: string) => {
    if (hasComponent(components, suffix, name)) return;
    const message = `names ${name}, which the package does not have`;
    findings.push({ file: part.file, line: at.line, message });
  };
  for (const app of componentsOf(components, "app")) {
    for (const tab of childrenNamed(app.element, "tabs")) {
      const name = tab.text.trim();
      if (!name.startsWith("standard-")) need(app, tab, "tab", name);
    }
    for (const bar of childrenNamed(app.element, "utilityBar")) {
      need(app, bar, "flexipage", bar.text.trim());
    }
  }
  for (const tab of componentsOf(components, "tab")) {
    for (const page of childrenNamed(tab.element, "flexiPage")) {
      need(tab, page, "flexipage", page.text.trim());
    }
    for (const component of childrenNamed(tab.element, "lwcComponent")) {
      need(tab, component, "js", component.text.trim());
    }
    if (childText(tab.element, "customObject") === "true") {
      need(tab, tab.element, "object", tab.name);
    }
  }
  for (const page of componentsOf(components, "flexipage")) {
    for (const component of descendants(page.element, "componentName")) {
      // Components of Salesforce and of other packages carry a namespace.
      const [namespace, name] = component.text.trim().split(":");
      if (name === undefined || namespace === "c") {
        need(page, component, "js", name ?? namespace ?? "");
      }
    }
  }
  return findings;
}

function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) =>
    child.name === name ? [child] : descendants(child, name),
  );
}
