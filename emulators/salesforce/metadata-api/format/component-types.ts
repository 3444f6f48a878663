/** Kinds of metadata that this org can hold, with where their files lie. */
export interface ComponentType {
  readonly name: string;
  /** Folder in a package, such as `classes`. */
  readonly directory: string;
  /** Ending of the file in a package, such as `cls`; null for bundles, which are folders. */
  readonly suffix: string | null;
  /** Whether a file of code has a `-meta.xml` beside it. */
  readonly metaFile: boolean;
  /** Whether components lie in folders that are components themselves. */
  readonly inFolder: boolean;
  readonly children: readonly ChildType[];
}

/** A part of a component with a name of its own, such as a field of an object. */
export interface ChildType {
  readonly name: string;
  /** The element in the parent's file, such as `fields`. */
  readonly element: string;
  /** Where the part lies in source format, beside the parent's own file. */
  readonly directory: string;
  readonly suffix: string;
}

function type(
  name: string,
  directory: string,
  suffix: string | null,
  more: Partial<ComponentType> = {},
): ComponentType {
  return { name, directory, suffix, metaFile: false, inFolder: false, children: [], ...more };
}

function child(name: string, element: string, suffix: string): ChildType {
  return { name, element, directory: element, suffix };
}

/** What describeMetadata lists: names and folders as in the Metadata API Developer Guide. */
export const componentTypes: readonly ComponentType[] = [
  type("ApexClass", "classes", "cls", { metaFile: true }),
  type("ApexTrigger", "triggers", "trigger", { metaFile: true }),
  type("CustomApplication", "applications", "app"),
  type("CustomLabels", "labels", "labels", {
    children: [child("CustomLabel", "labels", "labels")],
  }),
  type("CustomMetadata", "customMetadata", "md"),
  type("CustomNotificationType", "notificationtypes", "notiftype"),
  type("CustomObject", "objects", "object", {
    children: [
      child("CustomField", "fields", "field"),
      child("ValidationRule", "validationRules", "validationRule"),
      child("RecordType", "recordTypes", "recordType"),
      child("ListView", "listViews", "listView"),
      child("CompactLayout", "compactLayouts", "compactLayout"),
      child("WebLink", "webLinks", "webLink"),
      child("FieldSet", "fieldSets", "fieldSet"),
      child("BusinessProcess", "businessProcesses", "businessProcess"),
    ],
  }),
  type("CustomPermission", "customPermissions", "customPermission"),
  type("CustomTab", "tabs", "tab"),
  type("FlexiPage", "flexipages", "flexipage"),
  type("GlobalValueSet", "globalValueSets", "globalValueSet"),
  type("Layout", "layouts", "layout"),
  type("LightningComponentBundle", "lwc", null),
  type("PermissionSet", "permissionsets", "permissionset"),
  type("QuickAction", "quickActions", "quickAction"),
  type("Report", "reports", "report", { inFolder: true }),
  type("ReportType", "reportTypes", "reportType"),
  type("StandardValueSet", "standardValueSets", "standardValueSet"),
  type("Translations", "translations", "translation"),
];

/** Components that are folders of others: the type whose folder they are. */
export const folderTypes: Readonly<Record<string, string>> = { ReportFolder: "Report" };

export function typeNamed(name: string): ComponentType | undefined {
  return componentTypes.find((known) => known.name === name);
}

export function typeOfDirectory(directory: string): ComponentType | undefined {
  return componentTypes.find((known) => known.directory === directory);
}

/** The parent's type and the child's; undefined when the name is no child's. */
export function childNamed(
  name: string,
): { readonly parent: ComponentType; readonly child: ChildType } | undefined {
  for (const parent of componentTypes) {
    const found = parent.children.find((known) => known.name === name);
    if (found) return { parent, child: found };
  }
  return undefined;
}

/** Whether this org can hold such components. */
export function isKnownType(name: string): boolean {
  return typeNamed(name) !== undefined || childNamed(name) !== undefined || name in folderTypes;
}
