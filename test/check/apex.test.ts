import { checkApexFormat } from "../../scripts/check/apex/format.ts";
import { checkApexSemantics } from "../../scripts/check/apex/semantics.ts";
import { checkStaticAnalysis } from "../../scripts/check/apex/static-analysis.ts";
import { checkApexSyntax } from "../../emulators/salesforce/metadata-api/rules/apex-syntax.ts";
import { type CheckOutcome, formatFinding } from "../../scripts/check/finding.ts";
import type { PackageSource } from "../../emulators/salesforce/metadata-api/rules/package-source.ts";
import { describeWithJava } from "./describe-with-java.ts";
import { findingsOf, PackageCopy } from "./package-copy.ts";

const classMeta = `<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>61.0</apiVersion><status>Active</status></ApexClass>`;

/** Wrong Apex, one mistake a method, with what apex-ls says. Each line of the class is one method. */
const wrongApex: { readonly method: string; readonly finding: RegExp }[] = [
  {
    method: "void unknownMethod() { new CircaMappingSelector().allFields(); }",
    finding: /No matching method found for 'allFields'/,
  },
  {
    method: "void wrongArgument() { new CircaCampaignChangeService('Name'); }",
    finding: /Constructor not defined: CircaCampaignChangeService/,
  },
  { method: "String wrongReturn() { return 1; }", finding: /Incompatible return type/ },
  {
    method: "void wrongAssignment() { Integer i = 'x'; i++; }",
    finding: /Incompatible types in assignment, from 'System.String' to 'System.Integer'/,
  },
  {
    method: "void unknownVariable() { System.debug(nobody); }",
    finding: /No variable or type found for 'nobody'/,
  },
  {
    method: "void unknownType() { CircaGone gone = null; System.debug(gone); }",
    finding: /No type declaration found for 'CircaGone'/,
  },
  {
    method: "void unknownField() { System.debug(new Circa_Sync_Signal__e(Way__c = 'x')); }",
    finding: /Way__c/,
  },
  {
    method: "void unknownObject() { System.debug([SELECT Id FROM Circa_Gone__c]); }",
    finding: /Circa_Gone__c/,
  },
];

function addClass(copy: PackageCopy, name: string, body: string): void {
  copy.write(`classes/${name}.cls`, `public with sharing class ${name} {\n${body}\n}\n`);
  copy.write(`classes/${name}.cls-meta.xml`, classMeta);
}

async function linesOf(
  check: (source: PackageSource) => Promise<CheckOutcome>,
  make: (copy: PackageCopy) => void,
): Promise<string[]> {
  const copy = new PackageCopy();
  try {
    make(copy);
    const { findings, skipped } = await check(copy.source());
    if (skipped !== undefined) throw new Error(skipped);
    return findings.map(formatFinding);
  } finally {
    copy.close();
  }
}

test("a class that is not formatted is found", async () => {
  const found = await linesOf(
    ({ root }) => checkApexFormat([`${root}/force-app/main/default/classes/Odd.cls`]),
    (copy) => addClass(copy, "Odd", "void f(){}"),
  );
  expect(found).toEqual([expect.stringContaining("Odd.cls: is not formatted")]);
});

describe("syntax", () => {
  test("the package's Apex parses", async () => {
    expect(await findingsOf(checkApexSyntax)).toBe("");
  });

  test("a class that does not parse is found with its line", async () => {
    const findings = await findingsOf(checkApexSyntax, (copy) => {
      copy.replace(
        "classes/mapping/CircaMappingSelector.cls",
        "return activeRows;",
        "return activeRows",
      );
    });
    expect(findings).toMatch(/CircaMappingSelector\.cls:\d+: /);
  });

  test("a name that Apex keeps for itself is found, wherever one is given", async () => {
    const members = [
      "public String hint { get; set; }",
      "void f(String Hint) {}",
      "private Integer number = 1;",
      "void g() { Integer loop = 1; }",
      "void h() { for (String group : new List<String>()) { } }",
    ];
    const findings = await findingsOf(checkApexSyntax, (copy) => {
      copy.write("classes/Reserved.cls", `public class Reserved {\n${members.join("\n")}\n}\n`);
    });
    const names = ["hint", "Hint", "number", "loop", "group"];
    expect(findings.split("\n").map((line) => line.replace(/^.*Reserved\.cls/, ""))).toEqual(
      names.map((name, index) => `:${index + 2}: Identifier name is reserved: ${name}`),
    );
  });

  test("a method may have a reserved name, and a member of Salesforce's too", async () => {
    const made = findingsOf(checkApexSyntax, (copy) => {
      const body = "static Id of(Account a) { return a.group; }";
      copy.write("classes/Allowed.cls", `public class Allowed {\n  ${body}\n}\n`);
    });
    expect(await made).toBe("");
  });

  test("a trigger that does not parse is found", async () => {
    const findings = await findingsOf(checkApexSyntax, (copy) => {
      copy.replace("triggers/CampaignCircaTrigger.trigger", "after insert", "after inserting");
    });
    expect(findings).toMatch(/CampaignCircaTrigger\.trigger:\d+: /);
  });

  test("SOQL that does not parse is found", async () => {
    const findings = await findingsOf(checkApexSyntax, (copy) => {
      copy.replace("classes/mapping/CircaMappingSelector.cls", "FROM Circa", "OF Circa");
    });
    expect(findings).toMatch(/CircaMappingSelector\.cls:\d+: /);
  });
});

describeWithJava("semantics", () => {
  test("every mistake of a class is found, and nothing in the rest of the package", async () => {
    const lines = await linesOf(checkApexSemantics, (copy) => {
      addClass(copy, "CircaWrong", wrongApex.map(({ method }) => method).join("\n"));
    });

    const withoutFinding = wrongApex.filter(
      ({ finding }, index) =>
        !lines.some(
          (line) => line.includes(`/CircaWrong.cls:${index + 2}: `) && finding.test(line),
        ),
    );
    expect({ withoutFinding, lines }).toMatchObject({ withoutFinding: [] });
    expect(lines.filter((line) => !line.includes("/CircaWrong.cls:"))).toEqual([]);
  });
});

describeWithJava("unused code", () => {
  test("a class that nothing uses is found", async () => {
    const lines = await linesOf(checkApexSemantics, (copy) => {
      addClass(copy, "CircaLonely", "public void wait() { System.debug('Nobody comes.'); }");
    });

    expect(lines).toEqual([expect.stringMatching(/CircaLonely\.cls:1: Unused: Unused class/)]);
  });
});

describeWithJava("static analysis", () => {
  test("severe violations are found, and none in the package", async () => {
    const lines = await linesOf(checkStaticAnalysis, (copy) => {
      addClass(
        copy,
        "CircaUnsafe",
        `public List<Campaign> find(String name) {
  return Database.query('SELECT Id FROM Campaign WHERE Name = \\'' + name + '\\'');
}
public void save(Campaign unsaved) {
  insert unsaved;
}`,
      );
    });

    expect(lines).toEqual([
      expect.stringMatching(/CircaUnsafe\.cls:3: ApexSOQLInjection/),
      expect.stringMatching(/CircaUnsafe\.cls:6: ApexCRUDViolation/),
    ]);
  });
});
