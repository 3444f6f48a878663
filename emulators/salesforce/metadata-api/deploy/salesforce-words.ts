/**
 * What the rules find, in the words that Salesforce is known to use (public build logs and issue threads;
 * docs/fidelity.md). Findings without known words keep the rule's own.
 */
const words: readonly (readonly [RegExp, string])[] = [
  [
    /^(\w+) has no element (\w+)$/,
    "Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}$2 invalid at this location in type $1",
  ],
  [/^not well-formed XML, /, "Error parsing file: "],
  [
    /^\w+ is "(.*)" and should be one of .* \((\w+)\)$/s,
    "'$1' is not a valid value for the enum '$2'",
  ],
  [/^\w+ lacks (\w+)$/, "Required field is missing: $1"],
  [/names an unknown field (\S+\.\w+)$/, "In field: field - no CustomField named $1 found"],
  [/names an unknown object (\S+)$/, "In field: object - no CustomObject named $1 found"],
  [
    /^names (\S+), which the package does not have \((\w+), (\w+)\)$/,
    "In field: $2 - no $3 named $1 found",
  ],
  [/^(\S+) is required, so it cannot be granted$/, "You cannot deploy to a required field: $1"],
  [/\bthe package does not\b/g, "the org does not"],
];

export function inSalesforceWords(message: string): string {
  return words.reduce((text, [pattern, known]) => text.replace(pattern, known), message);
}
