import { checkCrossReferences } from "../../scripts/check/metadata/cross-references.ts";
import { findingsOf, type Mistake, type PackageCopy } from "./package-copy.ts";

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A small screen that is right: an app with a tab that shows a component, which calls Apex. */
function addScreen(copy: PackageCopy): void {
  copy.write(
    "applications/Circa_Sync.app-meta.xml",
    `<CustomApplication ${namespace}><tabs>Circa_Mappings</tabs><tabs>standard-Campaign</tabs></CustomApplication>`,
  );
  copy.write(
    "tabs/Circa_Mappings.tab-meta.xml",
    `<CustomTab ${namespace}><label>Mappings</label><lwcComponent>circaMappings</lwcComponent></CustomTab>`,
  );
  copy.write(
    "lwc/circaMappings/circaMappings.js-meta.xml",
    `<LightningComponentBundle ${namespace}><apiVersion>61.0</apiVersion></LightningComponentBundle>`,
  );
  copy.write(
    "lwc/circaMappings/circaMappings.js",
    `import { LightningElement, wire } from "lwc";
import readRows from "@salesforce/apex/CircaMappingController.readRows";
import EVENT_ID from "@salesforce/schema/Campaign.Circa_Event_Id__c";
import isIntegration from "@salesforce/customPermission/Circa_Sync_Integration";
export default class CircaMappings extends LightningElement {
  @wire(readRows) rows;
}
`,
  );
  copy.write("lwc/circaMappings/circaMappings.html", "<template></template>");
  copy.write("classes/CircaMappingController.cls-meta.xml", `<ApexClass ${namespace}/>`);
  copy.write(
    "classes/CircaMappingController.cls",
    `public with sharing class CircaMappingController {
    @AuraEnabled(cacheable=true)
    public static List<String> readRows() { return new List<String>(); }
}
`,
  );
}

const script = "lwc/circaMappings/circaMappings.js";
const controller = "classes/CircaMappingController.cls";

const mistakes: Mistake[] = [
  {
    mistake: "an app with an unknown tab",
    make: (copy) => {
      copy.replace("applications/Circa_Sync.app-meta.xml", "Circa_Mappings", "Circa_Gone");
    },
    finding: /names Circa_Gone, which the package does not have/,
  },
  {
    mistake: "a tab that shows an unknown component",
    make: (copy) => {
      copy.replace("tabs/Circa_Mappings.tab-meta.xml", ">circaMappings<", ">circaGone<");
    },
    finding: /Circa_Mappings\.tab-meta\.xml:\d+: names circaGone/,
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
      copy.replace(script, "CircaMappingController.readRows", "CircaGone.readRows");
    },
    finding: /circaMappings\.js:2: imports from the unknown Apex class CircaGone/,
  },
  {
    mistake: "a component that imports an unknown method",
    make: (copy) => {
      copy.replace(script, "CircaMappingController.readRows", "CircaMappingController.readAll");
    },
    finding: /CircaMappingController has no @AuraEnabled method readAll/,
  },
  {
    mistake: "a component that calls a method that is not static",
    make: (copy) => {
      copy.replace(controller, "public static", "public");
    },
    finding: /CircaMappingController\.readRows must be static/,
  },
  {
    mistake: "a component that wires a method that is not cacheable",
    make: (copy) => {
      copy.replace(controller, "(cacheable=true)", "");
    },
    finding: /CircaMappingController\.readRows is wired and must be cacheable/,
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
    mistake: "a component that shows an unknown component",
    make: (copy) => {
      copy.write(
        "lwc/circaMappings/circaMappings.html",
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
