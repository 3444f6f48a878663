import { checkCrossReferences } from "./references.ts";
import { findingsOf, type Mistake, type PackageCopy } from "./package-copy.ts";

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A small screen that is right: an app with a tab that shows a component, which calls Apex. */
function addScreen(copy: PackageCopy): void {
  copy.write(
    "applications/Sample.app-meta.xml",
    `<CustomApplication ${namespace}><tabs>Sample_Screen</tabs><tabs>standard-Campaign</tabs></CustomApplication>`,
  );
  copy.write(
    "tabs/Sample_Screen.tab-meta.xml",
    `<CustomTab ${namespace}><label>Mappings</label><lwcComponent>sampleScreen</lwcComponent></CustomTab>`,
  );
  copy.write(
    "lwc/sampleScreen/sampleScreen.js-meta.xml",
    `<LightningComponentBundle ${namespace}><apiVersion>61.0</apiVersion></LightningComponentBundle>`,
  );
  copy.write(
    "lwc/sampleScreen/sampleScreen.js",
    `import { LightningElement, wire } from "lwc";
import readRows from "@salesforce/apex/SampleController.readRows";
import EVENT_ID from "@salesforce/schema/Campaign.Circa_Event_Id__c";
import isIntegration from "@salesforce/customPermission/Circa_Sync_Integration";
export default class SampleScreen extends LightningElement {
  @wire(readRows) rows;
}
`,
  );
  copy.write("lwc/sampleScreen/sampleScreen.html", "<template></template>");
  copy.write("classes/SampleController.cls-meta.xml", `<ApexClass ${namespace}/>`);
  copy.write(
    "classes/SampleController.cls",
    `public with sharing class SampleController {
    @AuraEnabled(cacheable=true)
    public static List<String> readRows() { return new List<String>(); }
}
`,
  );
}

const script = "lwc/sampleScreen/sampleScreen.js";
const controller = "classes/SampleController.cls";

const mistakes: Mistake[] = [
  {
    mistake: "an app with an unknown tab",
    make: (copy) => {
      copy.replace("applications/Sample.app-meta.xml", "Sample_Screen", "Circa_Gone");
    },
    finding: /names Circa_Gone, which the package does not have/,
  },
  {
    mistake: "a tab that shows an unknown component",
    make: (copy) => {
      copy.replace("tabs/Sample_Screen.tab-meta.xml", ">sampleScreen<", ">circaGone<");
    },
    finding: /Sample_Screen\.tab-meta\.xml:\d+: names circaGone/,
  },
  {
    mistake: "a page with an unknown component",
    make: (copy) => {
      copy.write(
        "flexipages/Circa_Home.flexipage-meta.xml",
        `<FlexiPage ${namespace}><flexiPageRegions><itemInstances><componentInstance><componentName>c:circaGone</componentName></componentInstance></itemInstances></flexiPageRegions></FlexiPage>`,
      );
    },
    finding: /Circa_Home\.flexipage-meta\.xml:\d+: names circaGone/,
  },
  {
    mistake: "a component that imports from an unknown class",
    make: (copy) => {
      copy.replace(script, "SampleController.readRows", "CircaGone.readRows");
    },
    finding: /sampleScreen\.js:2: imports from the unknown Apex class CircaGone/,
  },
  {
    mistake: "a component that imports an unknown method",
    make: (copy) => {
      copy.replace(script, "SampleController.readRows", "SampleController.readAll");
    },
    finding: /SampleController has no @AuraEnabled method readAll/,
  },
  {
    mistake: "a component that calls a method that is not static",
    make: (copy) => {
      copy.replace(controller, "public static", "public");
    },
    finding: /SampleController\.readRows must be static/,
  },
  {
    mistake: "a component that wires a method that is not cacheable",
    make: (copy) => {
      copy.replace(controller, "(cacheable=true)", "");
    },
    finding: /SampleController\.readRows is wired and must be cacheable/,
  },
  {
    mistake: "a component that imports an unknown field",
    make: (copy) => {
      copy.replace(script, "Campaign.Circa_Event_Id__c", "Campaign.Circa_EventId__c");
    },
    finding: /imports the unknown Campaign\.Circa_EventId__c/,
  },
  {
    mistake: "a component that imports an unknown custom permission",
    make: (copy) => {
      copy.replace(
        script,
        "customPermission/Circa_Sync_Integration",
        "customPermission/Circa_Gone",
      );
    },
    finding: /imports the unknown custom permission Circa_Gone/,
  },
  {
    mistake: "a component that imports an unknown label",
    make: (copy) => {
      copy.write("lwc/sampleScreen/labels.js", 'import x from "@salesforce/label/c.Circa_Gone";\n');
    },
    finding: /labels\.js:1: imports the unknown label Circa_Gone/,
  },
  {
    mistake: "a label without a translation",
    make: (copy) => {
      copy.write(
        "labels/Sample.labels-meta.xml",
        `<CustomLabels ${namespace}><labels><fullName>Sample_New</fullName></labels></CustomLabels>`,
      );
    },
    finding: /de\.translation-meta\.xml: does not translate the label Sample_New/,
  },
  {
    mistake: "a label that two files define",
    make: (copy) => {
      copy.write(
        "labels/Sample.labels-meta.xml",
        `<CustomLabels ${namespace}><labels><fullName>Circa_Mapping_Save</fullName></labels></CustomLabels>`,
      );
    },
    finding: /defines the label Circa_Mapping_Save again/,
  },
  {
    mistake: "a component that shows an unknown component",
    make: (copy) => {
      copy.write(
        "lwc/sampleScreen/sampleScreen.html",
        "<template><c-circa-gone></c-circa-gone></template>",
      );
    },
    finding: /uses the unknown component circaGone/,
  },
];

test("a screen whose parts fit passes", async () => {
  expect(await findingsOf(checkCrossReferences, addScreen)).toBe("");
});

test.each(mistakes)("$mistake is found", async ({ make, finding }) => {
  const findings = await findingsOf(checkCrossReferences, (copy) => {
    addScreen(copy);
    make(copy);
  });
  expect(findings).toMatch(finding);
});
