import type { Finding } from "../finding.ts";
import { type Components, componentsOf } from "../components.ts";
import { childText } from "../../../xml.ts";

/** https://developer.salesforce.com/docs/platform/platform-events/guide/platform-events-define.html */
const eventFieldTypes = ["Checkbox", "Date", "DateTime", "Number", "Text", "LongTextArea"];
/** "Custom Metadata Type Fields" in Salesforce Help. */
const metadataFieldTypes = [
  "Checkbox",
  "Date",
  "DateTime",
  "Email",
  "LongTextArea",
  "MetadataRelationship",
  "Number",
  "Percent",
  "Phone",
  "Picklist",
  "Text",
  "TextArea",
  "Url",
];

/** Platform events and custom metadata types accept fewer field types, and need attributes of their own. */
export function checkSpecialObjects(components: Components): Finding[] {
  const findings: Finding[] = [];
  for (const { file, object, type } of components.fields) {
    const allowed = object.endsWith("__e")
      ? eventFieldTypes
      : object.endsWith("__mdt")
        ? metadataFieldTypes
        : [type];
    if (!allowed.includes(type)) {
      findings.push({ file, message: `${object} cannot have a field of type ${type}` });
    }
  }
  for (const { file, name, element } of componentsOf(components, "object")) {
    const needed = name.endsWith("__e")
      ? ["eventType", "publishBehavior", "deploymentStatus", "label", "pluralLabel"]
      : name.endsWith("__mdt")
        ? ["visibility", "label", "pluralLabel"]
        : [];
    for (const attribute of needed) {
      if (childText(element, attribute) === undefined) {
        findings.push({ file, message: `${name} lacks ${attribute}` });
      }
    }
    if (childText(element, "eventType") === "StandardVolume") {
      findings.push({ file, message: "Salesforce makes no new StandardVolume events" });
    }
  }
  return findings;
}
