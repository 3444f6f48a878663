import { checkConversion } from "../../scripts/check/metadata/conversion.ts";
import { checkCustomNames } from "../../emulators/salesforce/metadata-api/rules/custom-names.ts";
import { checkDescriptions } from "../../scripts/check/metadata/descriptions.ts";
import { checkProjectFiles } from "../../scripts/check/metadata/project-files.ts";
import { findingsOf, type Mistake } from "./package-copy.ts";

const selector = "classes/mapping/CircaMappingSelector.cls";
const eventId = "objects/Campaign/fields/Circa_Event_Id__c.field-meta.xml";
const project = "/sfdx-project.json";

const nameMistakes: Mistake[] = [
  {
    mistake: "an unknown custom field in SOQL",
    make: (copy) => {
      copy.replace(selector, "                    Direction__c\n", "                    Way__c\n");
    },
    finding: /CircaMappingSelector\.cls:\d+: the package does not define Way__c/,
  },
  {
    mistake: "an unknown relationship in SOQL",
    make: (copy) => {
      copy.replace(selector, "Campaign_Field__r.QualifiedApiName,", "Field__r.QualifiedApiName,");
    },
    finding: /does not define Field__r/,
  },
  {
    mistake: "an unknown custom field of a standard object",
    make: (copy) => {
      copy.replace(
        "classes/signals/CircaCampaignChangeService.cls",
        "record.Circa_Event_Id__c",
        "record.Circa_EventId__c",
      );
    },
    finding: /does not define Circa_EventId__c/,
  },
  {
    mistake: "an unknown custom name in a string",
    make: (copy) => {
      copy.replace(selector, "'From_Salesforce'", "'Gone__c'");
    },
    finding: /does not define Gone__c/,
  },
  {
    mistake: "an unknown custom field in a validation formula",
    make: (copy) => {
      copy.replace(
        "objects/Circa_Field_Mapping__mdt/validationRules/Record_Type_is_a_Developer_Name.validationRule-meta.xml",
        "CONTAINS(Record_Type__c",
        "CONTAINS(Kind_Of_Record__c",
      );
    },
    finding: /validationRule-meta\.xml:\d+: the package does not define Kind_Of_Record__c/,
  },
];

const conversionMistakes: Mistake[] = [
  {
    mistake: "a class without its metadata file",
    make: (copy) => {
      copy.remove("classes/mapping/CircaMappingSelector.cls-meta.xml");
    },
    finding: /CircaMappingSelector\.cls/,
  },
  {
    mistake: "a metadata file without its class",
    make: (copy) => {
      copy.remove(selector);
    },
    finding: /cannot be converted: .*CircaMappingSelector/,
  },
  {
    mistake: "a file that belongs to nothing",
    make: (copy) => {
      copy.write("classes/notes.txt", "a stray file");
    },
    finding: /notes\.txt/,
  },
];

const descriptionMistakes: Mistake[] = [
  {
    mistake: "a field without help text",
    make: (copy) => {
      copy.replace(eventId, "inlineHelpText>Filled", "inlineHelpText></inlineHelpText><x>Filled");
      copy.replace(eventId, "by hand.</inlineHelpText>", "by hand.</x>");
    },
    finding: /Circa_Event_Id__c\.field-meta\.xml: has no inlineHelpText/,
  },
  {
    mistake: "a permission set whose description Salesforce would cut",
    make: (copy) => {
      copy.replace(
        "permissionsets/Circa_Sync_Integration.permissionset-meta.xml",
        "For the one user",
        `For the one user ${"and no other ".repeat(20)}`,
      );
    },
    finding: /description has more than 255 characters/,
  },
];

const projectMistakes: Mistake[] = [
  {
    mistake: "a misspelt key in sfdx-project.json",
    make: (copy) => {
      copy.replace(project, '"versionName"', '"versionNam"');
    },
    finding: /sfdx-project\.json: .*versionNam/,
  },
  {
    mistake: "an API version that differs from the project's",
    make: (copy) => {
      copy.replace("classes/mapping/CircaMappingSelector.cls-meta.xml", "61.0", "62.0");
    },
    finding: /is of API version 62\.0, the project of 61\.0/,
  },
  {
    mistake: "a package version that cannot be built",
    make: (copy) => {
      copy.replace(project, "0.1.0.NEXT", "0.1.NEXT");
    },
    finding: /versionNumber/,
  },
  {
    mistake: "a namespace that Salesforce refuses",
    make: (copy) => {
      copy.replace(project, '"namespace": ""', '"namespace": "circa__sync"');
    },
    finding: /namespace is no namespace that Salesforce accepts/,
  },
  {
    mistake: "a misspelt key in the scratch org definition",
    make: (copy) => {
      copy.replace("/config/project-scratch-def.json", '"edition"', '"editon"');
    },
    finding: /project-scratch-def\.json: .*edit/,
  },
  {
    mistake: "a report beside its report type",
    make: (copy) => {
      copy.write(
        "reports/Circa/Problems.report-meta.xml",
        "<Report><reportType>Circa_Problems__c</reportType></Report>",
      );
    },
    finding: /Problems\.report-meta\.xml: is of a report type of the same deployment/,
  },
  {
    mistake: "a translation beside the rest",
    make: (copy) => {
      copy.write("translations/fr.translation-meta.xml", "<Translations/>");
    },
    finding: /fr\.translation-meta\.xml: must be in a directory of its own/,
  },
  {
    mistake: "a mapping that every deployment would put back",
    make: (copy) => {
      copy.write("customMetadata/Circa_Field_Mapping.Name.md-meta.xml", "<CustomMetadata/>");
    },
    finding: /Circa_Field_Mapping\.Name\.md-meta\.xml: would overwrite what an admin has saved/,
  },
];

const checks = [
  { name: "custom names", check: checkCustomNames, mistakes: nameMistakes },
  { name: "conversion", check: checkConversion, mistakes: conversionMistakes },
  { name: "descriptions", check: checkDescriptions, mistakes: descriptionMistakes },
  { name: "project files", check: checkProjectFiles, mistakes: projectMistakes },
];

describe.each(checks)("$name", ({ check, mistakes }) => {
  test("the package itself passes", async () => {
    expect(await findingsOf(check)).toBe("");
  });

  test.each(mistakes)("$mistake is found", async ({ make, finding }) => {
    expect(await findingsOf(check, make)).toMatch(finding);
  });
});
