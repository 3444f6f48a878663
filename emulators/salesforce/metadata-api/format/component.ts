/** A part of an org's metadata: what the Metadata API calls a component. */
export interface ComponentName {
  /** Such as `CustomField`. */
  readonly type: string;
  /** Such as `Campaign.Circa_Event_Id__c`. */
  readonly fullName: string;
}

/**
 * One file as the org keeps it: in source format, where each part of an object has a file of its own.
 */
export interface SourceFile {
  /** From the org's folder, with forward slashes: `objects/Campaign/fields/X__c.field-meta.xml`. */
  readonly path: string;
  readonly content: Buffer;
  readonly component: ComponentName;
  /** As the package names it: `objects/Campaign.object`. */
  readonly deployedAs: string;
  /** What is added to a line of this file to get the line in the package's. */
  readonly lineOffset: number;
}

/** One text for a component; Salesforce minds case in no name. */
export function keyOf({ type, fullName }: ComponentName): string {
  return `${type}:${fullName}`.toLowerCase();
}
