import type { Finding } from "../finding.ts";
import type { Components } from "../components.ts";
import { childText } from "../../../xml.ts";

/** Salesforce's own rule for API names, in front of a suffix such as `__c`. */
const apiName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const namedByApiName = ["field", "validationRule", "listView", "permissionset", "customPermission"];
const MAX_CUSTOM_NAME_CHARACTERS = 40;

/** A component's full name is its file's name, and an API name that Salesforce accepts. */
export function checkNames({ bySuffix }: Components): Finding[] {
  const findings: Finding[] = [];
  for (const [suffix, components] of bySuffix) {
    for (const { file, name, element } of components) {
      const fullName = childText(element, "fullName");
      if (fullName !== undefined && fullName !== name) {
        findings.push({ file, line: element.line, message: `fullName is ${fullName}` });
      }
      const bareName = name.replace(/__[a-z]+$/, "");
      if (!namedByApiName.includes(suffix)) continue;
      if (!apiName.test(bareName)) {
        findings.push({ file, message: `${name} is no API name that Salesforce accepts` });
      } else if (suffix === "field" && bareName.length > MAX_CUSTOM_NAME_CHARACTERS) {
        findings.push({
          file,
          message: `${name} has ${bareName.length} characters, at most ${MAX_CUSTOM_NAME_CHARACTERS} are possible`,
        });
      }
    }
  }
  return findings;
}
