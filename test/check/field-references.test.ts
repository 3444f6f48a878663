import { checkCrossReferences } from "./references.ts";
import { findingsOf, type Mistake } from "./package-copy.ts";

const campaignFields = "objects/Campaign/fields";
const eventId = `${campaignFields}/Circa_Event_Id__c.field-meta.xml`;
const status = `${campaignFields}/Circa_Sync_Status__c.field-meta.xml`;
const message = `${campaignFields}/Circa_Sync_Message__c.field-meta.xml`;
const paidTotal = `${campaignFields}/Circa_Paid_Total__c.field-meta.xml`;
const signal = "objects/Circa_Sync_Signal__e";
const mapping = "objects/Circa_Field_Mapping__mdt";
const layout = "layouts/Circa_Field_Mapping__mdt-Circa Field Mapping Layout.layout-meta.xml";

const stateLayout = "layouts/Circa_Sync_State__c-Circa Sync State Layout.layout-meta.xml";

const mistakes: Mistake[] = [
  {
    mistake: "a full name other than the file's",
    make: (copy) => {
      copy.replace(eventId, "Circa_Event_Id__c</fullName>", "Circa_EventId__c</fullName>");
    },
    finding: /Circa_Event_Id__c\.field-meta\.xml:\d+: fullName is Circa_EventId__c/,
  },
  {
    mistake: "a name with two underscores in a row",
    make: (copy) => {
      copy.write(
        "customPermissions/Circa__Sync.customPermission-meta.xml",
        '<CustomPermission xmlns="http://soap.sforce.com/2006/04/metadata"/>',
      );
    },
    finding: /Circa__Sync is no API name/,
  },
  {
    mistake: "a field name that is too long",
    make: (copy) => {
      const name = `${"Long".repeat(11)}__c`;
      copy.write(
        `${campaignFields}/${name}.field-meta.xml`,
        '<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><type>Date</type></CustomField>',
      );
    },
    finding: /has 44 characters, at most 40/,
  },
  {
    mistake: "a text field without a length",
    make: (copy) => {
      copy.replace(eventId, "<length>64</length>", "");
    },
    finding: /a Text field lacks length/,
  },
  {
    mistake: "a text field that is too long",
    make: (copy) => {
      copy.replace(eventId, "<length>64</length>", "<length>256</length>");
    },
    finding: /a Text field has a length from 1 to 255/,
  },
  {
    mistake: "a unique long text area",
    make: (copy) => {
      copy.replace(message, "<length>2000</length>", "<length>2000</length><unique>true</unique>");
    },
    finding: /a LongTextArea field has unique/,
  },
  {
    mistake: "a required long text area",
    make: (copy) => {
      copy.replace(message, "<length>", "<required>true</required><length>");
    },
    finding: /a LongTextArea field cannot be required/,
  },
  {
    mistake: "a case-sensitive field that is not unique",
    make: (copy) => {
      copy.replace(eventId, "<unique>true</unique>", "<unique>false</unique>");
    },
    finding: /caseSensitive has no effect without unique/,
  },
  {
    mistake: "a currency with more decimals than digits",
    make: (copy) => {
      copy.replace(paidTotal, "<scale>2</scale>", "<scale>19</scale>");
    },
    finding: /scale at most precision/,
  },
  {
    mistake: "a picklist with visible lines",
    make: (copy) => {
      copy.replace(status, "<valueSet>", "<visibleLines>4</visibleLines><valueSet>");
    },
    finding: /a Picklist field has visibleLines/,
  },
  {
    mistake: "a picklist value that stands twice",
    make: (copy) => {
      copy.replace(status, "<fullName>Pending</fullName>", "<fullName>in sync</fullName>");
    },
    finding: /the picklist value in sync stands twice/,
  },
  {
    mistake: "a field picker without the field that says of which object",
    make: (copy) => {
      copy.replace(
        `${mapping}/fields/Campaign_Field__c.field-meta.xml`,
        "Circa_Field_Mapping__mdt.Campaign_Object__c",
        "Circa_Field_Mapping__mdt.Direction__c",
      );
    },
    finding: /needs a controlling field of the same object/,
  },
  {
    mistake: "a picklist on a platform event",
    make: (copy) => {
      copy.replace(
        `${signal}/fields/Kind__c.field-meta.xml`,
        "<type>Text</type>",
        "<type>Picklist</type>",
      );
    },
    finding: /Circa_Sync_Signal__e cannot have a field of type Picklist/,
  },
  {
    mistake: "a lookup on a custom metadata type",
    make: (copy) => {
      copy.replace(
        `${mapping}/fields/Notes__c.field-meta.xml`,
        "<type>TextArea</type>",
        "<type>Lookup</type>",
      );
    },
    finding: /Circa_Field_Mapping__mdt cannot have a field of type Lookup/,
  },
  {
    mistake: "a platform event without publish behaviour",
    make: (copy) => {
      copy.replace(
        `${signal}/Circa_Sync_Signal__e.object-meta.xml`,
        "<publishBehavior>PublishAfterCommit</publishBehavior>",
        "",
      );
    },
    finding: /Circa_Sync_Signal__e lacks publishBehavior/,
  },
  {
    mistake: "a list view with a column that is not there",
    make: (copy) => {
      copy.replace(`${mapping}/listViews/All.listView-meta.xml`, "Direction__c", "Way__c");
    },
    finding: /All\.listView-meta\.xml:\d+: Circa_Field_Mapping__mdt has no field Way__c/,
  },
  {
    mistake: "a validation rule that shows its error at an unknown field",
    make: (copy) => {
      copy.replace(
        `${mapping}/validationRules/Object_is_Campaign.validationRule-meta.xml`,
        "<errorDisplayField>Campaign_Object__c",
        "<errorDisplayField>Object__c",
      );
    },
    finding: /has no field Object__c/,
  },
  {
    mistake: "a layout without a required field",
    make: (copy) => {
      copy.replace(layout, "<field>Campaign_Field__c</field>", "<field>Notes__c</field>");
    },
    finding: /the required field Campaign_Field__c is not on the layout/,
  },
  {
    mistake: "a required field that a layout shows read-only",
    make: (copy) => {
      const required =
        "<behavior>Required</behavior>\n                <field>Connection__c</field>";
      copy.replace(stateLayout, required, required.replace("Required", "Readonly"));
    },
    finding: /Sync State Layout\.layout-meta\.xml:\d+: Field:Connection__c must be Required/,
  },
];

test("the package's own fields pass", async () => {
  expect(await findingsOf(checkCrossReferences)).toBe("");
});

test.each(mistakes)("$mistake is found", async ({ make, finding }) => {
  expect(await findingsOf(checkCrossReferences, make)).toMatch(finding);
});
