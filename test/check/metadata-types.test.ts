import { checkMetadataTypes } from "../../emulators/salesforce/metadata-api/rules/type-check.ts";
import { findingsOf, type Mistake } from "./package-copy.ts";

const eventId = "objects/Campaign/fields/Circa_Event_Id__c.field-meta.xml";
const status = "objects/Campaign/fields/Circa_Sync_Status__c.field-meta.xml";
const permissions = "permissionsets/Circa_Sync_Integration.permissionset-meta.xml";
const rule =
  "objects/Circa_Field_Mapping__mdt/validationRules/Object_is_Campaign.validationRule-meta.xml";
const row =
  "/emulators/salesforce/demo-org/customMetadata/Circa_Field_Mapping.Name_to_Campaign_Name.md-meta.xml";

const mistakes: Mistake[] = [
  {
    mistake: "a misspelt element",
    make: (copy) => {
      copy.replace(eventId, "<unique>true</unique>", "<uniqe>true</uniqe>");
    },
    finding: /Circa_Event_Id__c\.field-meta\.xml:\d+: CustomField has no element uniqe/,
  },
  {
    mistake: "an unknown root element",
    make: (copy) => {
      copy.write(eventId, '<Feld xmlns="http://soap.sforce.com/2006/04/metadata"/>');
    },
    finding: /unknown metadata type Feld/,
  },
  {
    mistake: "another namespace",
    make: (copy) => {
      copy.replace(eventId, "2006/04/metadata", "2006/05/metadata");
    },
    finding: /must be in the namespace http:\/\/soap\.sforce\.com\/2006\/04\/metadata/,
  },
  {
    mistake: "a value outside an enumeration",
    make: (copy) => {
      copy.replace(eventId, "<type>Text</type>", "<type>Txt</type>");
    },
    finding: /type is "Txt" and should be one of AutoNumber, Lookup/,
  },
  {
    mistake: "a boolean written as a word",
    make: (copy) => {
      copy.replace(eventId, "<unique>true</unique>", "<unique>yes</unique>");
    },
    finding: /unique is "yes" and should be a boolean/,
  },
  {
    mistake: "a number written as a word",
    make: (copy) => {
      copy.replace(eventId, "<length>64</length>", "<length>many</length>");
    },
    finding: /length is "many" and should be a number/,
  },
  {
    mistake: "a single element twice",
    make: (copy) => {
      copy.replace(eventId, "<length>64</length>", "<length>64</length>\n    <length>65</length>");
    },
    finding: /:\d+: length may stand here only once/,
  },
  {
    mistake: "a list that is split",
    make: (copy) => {
      copy.replace(
        permissions,
        "<hasActivationRequired>",
        "<userPermissions><enabled>true</enabled><name>ViewSetup</name></userPermissions>\n    <hasActivationRequired>",
      );
    },
    finding: /all userPermissions must stand side by side/,
  },
  {
    mistake: "a missing required element",
    make: (copy) => {
      copy.replace(rule, "<active>true</active>", "");
    },
    finding: /ValidationRule lacks active/,
  },
  {
    mistake: "markup inside a text",
    make: (copy) => {
      copy.replace(status, "<label>Circa Sync Status</label>", "<label><b>Status</b></label>");
    },
    finding: /label may hold text only/,
  },
  {
    mistake: "text between elements",
    make: (copy) => {
      copy.replace(status, "<valueSet>", "<valueSet>stray");
    },
    finding: /valueSet holds text beside elements/,
  },
  {
    mistake: "an attribute",
    make: (copy) => {
      copy.replace(status, "<valueSet>", '<valueSet id="1">');
    },
    finding: /valueSet has the attribute id/,
  },
  {
    mistake: "an xsi:type outside of custom metadata values",
    make: (copy) => {
      copy.replace(row, "<protected>", '<protected xsi:type="xsd:boolean">');
    },
    finding: /protected takes no xsi:type/,
  },
  {
    mistake: "XML that is not well-formed",
    make: (copy) => {
      copy.replace(status, "</CustomField>", "");
    },
    finding: /Circa_Sync_Status__c\.field-meta\.xml: not well-formed XML, .*unclosed tag/,
  },
];

test("the package's own metadata passes", async () => {
  expect(await findingsOf(checkMetadataTypes)).toBe("");
});

test.each(mistakes)("$mistake is found", async ({ make, finding }) => {
  expect(await findingsOf(checkMetadataTypes, make)).toMatch(finding);
});
