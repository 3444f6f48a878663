import { checkCrossReferences } from "./references.ts";
import { findingsOf, type Mistake } from "./package-copy.ts";

const row =
  "/emulators/salesforce/demo-org/customMetadata/Circa_Field_Mapping.Start_Date_to_Campaign_Start_Date.md-meta.xml";
const permissions = "permissionsets/Circa_Sync_Integration.permissionset-meta.xml";

const rowMistakes: Mistake[] = [
  {
    mistake: "a row that names an unknown Campaign field",
    make: (copy) => {
      copy.replace(row, ">StartDate<", ">Start_Date<");
    },
    finding: /Campaign_Field__c names an unknown field Start_Date of Campaign/,
  },
  {
    mistake: "a row that names the field with its object",
    make: (copy) => {
      copy.replace(row, ">StartDate<", ">Campaign.StartDate<");
    },
    finding: /names an unknown field Campaign\.StartDate/,
  },
  {
    mistake: "a row that names an unknown object",
    make: (copy) => {
      copy.replace(row, ">Campaign<", ">Kampagne<");
    },
    finding: /Campaign_Object__c names an unknown object Kampagne/,
  },
  {
    mistake: "a row with a field that its type does not have",
    make: (copy) => {
      copy.replace(row, "<field>Notes__c</field>", "<field>Note__c</field>");
    },
    finding: /Circa_Field_Mapping__mdt has no field Note__c/,
  },
  {
    mistake: "a row with a value of the wrong type",
    make: (copy) => {
      copy.replace(row, 'xsi:type="xsd:boolean"', 'xsi:type="xsd:string"');
    },
    finding: /Is_Active__c has the xsi:type xsd:string and needs xsd:boolean/,
  },
  {
    mistake: "a row with an unknown picklist value",
    make: (copy) => {
      copy.replace(row, ">To_Salesforce<", ">To Salesforce<");
    },
    finding: /Direction__c has no picklist value To Salesforce/,
  },
  {
    mistake: "a row without a required value",
    make: (copy) => {
      copy.replace(
        row,
        '<value xsi:type="xsd:string">start_date</value>',
        '<value xsi:nil="true"/>',
      );
    },
    finding: /Circa_Field_Key__c is required/,
  },
  {
    mistake: "a row with a text that is too long",
    make: (copy) => {
      copy.replace(row, ">start_date<", `>${"start_date".repeat(9)}<`);
    },
    finding: /Circa_Field_Key__c has more than 80 characters/,
  },
  {
    mistake: "a row of an unknown type",
    make: (copy) => {
      copy.write(
        "customMetadata/Circa_Mapping.One.md-meta.xml",
        '<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata"><label>One</label></CustomMetadata>',
      );
    },
    finding: /Circa_Mapping__mdt is not defined/,
  },
  {
    mistake: "a row whose label is too long",
    make: (copy) => {
      copy.replace(row, "<label>", `<label>${"Long ".repeat(8)}`);
    },
    finding: /the label has more than 40 characters/,
  },
];

const permissionMistakes: Mistake[] = [
  {
    mistake: "a permission set that grants an unknown field",
    make: (copy) => {
      copy.replace(permissions, "Campaign.Circa_Team__c", "Campaign.Circa_Teem__c");
    },
    finding: /names an unknown field Campaign\.Circa_Teem__c/,
  },
  {
    mistake: "a field that no permission set grants",
    make: (copy) => {
      for (const role of ["Integration", "Admin", "User"]) {
        const set = permissions.replace("Integration", role);
        copy.replace(set, "Campaign.Circa_Team__c", "Campaign.Description");
      }
    },
    finding: /Circa_Team__c\.field-meta\.xml: no permission set grants Campaign\.Circa_Team__c/,
  },
  {
    mistake: "a permission set that grants a required standard field",
    make: (copy) => {
      copy.replace(permissions, "Campaign.ActualCost", "Campaign.Name");
    },
    finding: /Campaign\.Name is required, so it cannot be granted/,
  },
  {
    mistake: "a permission set that grants a required custom field",
    make: (copy) => {
      copy.replace(
        "objects/Campaign/fields/Circa_Team__c.field-meta.xml",
        "<required>false</required>",
        "<required>true</required>",
      );
    },
    finding: /Campaign\.Circa_Team__c is required, so it cannot be granted/,
  },
  {
    mistake: "a permission set that lets edit what it does not let read",
    make: (copy) => {
      copy.replace(
        permissions,
        "<field>Campaign.ActualCost</field>\n        <readable>true</readable>",
        "<field>Campaign.ActualCost</field>\n        <readable>false</readable>",
      );
    },
    finding: /Campaign\.ActualCost: editable needs readable/,
  },
  {
    mistake: "a permission set that grants a field twice",
    make: (copy) => {
      copy.replace(permissions, "Campaign.ActualCost", "Campaign.BudgetedCost");
    },
    finding: /grants the same twice/,
  },
  {
    mistake: "a permission set that names an unknown object",
    make: (copy) => {
      copy.replace(
        permissions,
        "<object>Circa_Sync_Signal__e</object>",
        "<object>Circa_Signal__e</object>",
      );
    },
    finding: /names an unknown object Circa_Signal__e/,
  },
  {
    mistake: "a permission set that lets create what it does not let read",
    make: (copy) => {
      copy.replace(permissions, "<allowRead>true</allowRead>", "<allowRead>false</allowRead>");
    },
    finding: /Campaign: create, edit and delete need read/,
  },
  {
    mistake: "a permission set that names an unknown custom permission",
    make: (copy) => {
      copy.remove("customPermissions/Circa_Sync_Integration.customPermission-meta.xml");
    },
    finding: /names Circa_Sync_Integration, which the package does not have/,
  },
  {
    mistake: "a permission set that names an unknown class",
    make: (copy) => {
      copy.replace(
        permissions,
        "<customMetadataTypeAccesses>",
        "<classAccesses><apexClass>CircaGone</apexClass><enabled>true</enabled></classAccesses>\n    <customMetadataTypeAccesses>",
      );
    },
    finding: /names CircaGone, which the package does not have/,
  },
];

test.each([...rowMistakes, ...permissionMistakes])(
  "$mistake is found",
  async ({ make, finding }) => {
    expect(await findingsOf(checkCrossReferences, make)).toMatch(finding);
  },
);
