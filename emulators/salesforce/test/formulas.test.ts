/**
 * Formulas, case by case. Sources: Salesforce Help, "Formula Operators and Functions by Context" with the
 * page of each function, "Tips for Working with Picklist and Multi-Select Picklist Formula Fields",
 * "Using Date, Date/Time, and Time Values in Formulas". Cases marked (unverified) rest on no page.
 */
import { formulaInput } from "../data/formula-input.ts";
import { Org } from "../data/org.ts";
import { compileFormula } from "../formula/compile.ts";
import { FormulaError, type FormulaRow, FormulaRuntimeError } from "../formula/types.ts";
import { createIdentity, seedOrg } from "../setup/identity.ts";

const now = new Date("2026-03-10T02:00:00.000Z");
const org = new Org({ sourceDirs: ["force-app/main/default"], now: () => now });
const identity = createIdentity("00DDm0000001FML");
seedOrg(org, identity);
const userId = identity.person.userId;
const parent = { Id: "701000000000001AAA", Name: "Mother", IsDeleted: false };
org.store.put("Campaign", parent);

const record: FormulaRow = {
  Name: "Spring Summit",
  Status: "Planned",
  BudgetedCost: 100,
  StartDate: "2026-03-31",
  CreatedDate: "2026-03-09T23:30:00.000Z",
  IsActive: true,
  ParentId: parent.Id,
  Circa_Roles__c: "SPEAKING;SPONSORING",
};
const before: FormulaRow = { ...record, Name: "Old", Status: "Completed" };

function evaluate(formula: string, previous: FormulaRow | null = before): unknown {
  const scope = {
    object: org.schema.object("Campaign") ?? null,
    objectNamed: (name: string) => org.schema.object(name),
    customPermissions: org.schema.customPermissions,
  };
  try {
    const types = ["text", "number", "boolean", "date", "datetime", "blank"] as const;
    const input = formulaInput({ org, userId, access: org.accessOf(userId) }, record, previous);
    return compileFormula(formula, scope, types).run(input);
  } catch (error) {
    if (error instanceof FormulaError) return `at ${error.offset}: ${error.problem}`;
    if (error instanceof FormulaRuntimeError) return `no value: ${error.message}`;
    throw error;
  }
}

const cases: readonly (readonly [string, unknown])[] = [
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["2 ^ 3", 8],
  ["-2 + 5", 3],
  ["0.1 + 0.2 = 0.3", true],
  ["7 / 2", 3.5],
  ["1 / 0", "no value: division by zero"],
  ["'a' & \"b\" + 'c'", "abc"],
  ["'it\\'s'", "it's"],
  ["/* words */ TRUE", true],
  ["1 = 1 && 2 <> 3 || FALSE", true],
  ["1 == 1 && !(2 != 3)", false],
  ["3 <= 3 && 3 >= 3 && 2 < 3 && 3 > 2", true],
  ["'a' = 'A'", false],
  ["AND(TRUE, IsActive, 1 < 2)", true],
  ["AND(TRUE, FALSE)", false],
  ["OR(FALSE, FALSE)", false],
  ["OR(FALSE, TRUE)", true],
  ["AND(TRUE, TRUE)", true],
  ["OR(TRUE, 1 / 0 = 1)", true],
  ["NOT(IsActive)", false],
  ["CASE(2, 1, 'one', 2, 'two', 'many')", "two"],
  ["CASE(Status, 'Planned', 1, 'Completed', 2, 0)", 1],
  ["CASE(Name, 'x', 1, 0)", 0],
  ["ISBLANK(Description)", true],
  ["ISBLANK(Name)", false],
  ["ISBLANK(ExpectedRevenue)", true],
  ["ISPICKVAL(Status, 'Planned')", true],
  ["ISPICKVAL(Status, 'planned')", false],
  ["ISPICKVAL(Type, '')", true],
  ["ISPICKVAL(PRIORVALUE(Status), 'Completed')", true],
  ["TEXT(Status) & '!'", "Planned!"],
  ["TEXT(12.5)", "12.5"],
  ["TEXT(StartDate)", "2026-03-31"],
  ["TEXT(CreatedDate)", "2026-03-09 23:30:00Z"],
  ["LEN(Name)", 13],
  ["LEN(Description)", 0],
  ["LEFT(Name, 6)", "Spring"],
  ["UPPER('aB')", "AB"],
  ["CONTAINS(Name, 'Sum')", true],
  ["CONTAINS(Name, 'sum')", false],
  ["SUBSTITUTE(Name, 'm', 'n')", "Spring Sunnit"],
  ["ISCHANGED(Name)", true],
  ["ISCHANGED(BudgetedCost)", false],
  ["PRIORVALUE(Name)", "Old"],
  ["ISNEW()", false],
  ["StartDate + 2 - StartDate", 2],
  ["StartDate + 2 > StartDate", true],
  ["Parent.Name", "Mother"],
  ["RecordType.DeveloperName = ''", true],
  ["$User.Id", userId],
  ["$Permission.Circa_Sync_Integration", false],
];

test.each(cases)("%s is %j", (formula, value) => {
  expect(evaluate(formula)).toStrictEqual(value);
});

const unverified: readonly (readonly [string, unknown])[] = [
  ["ExpectedRevenue + 1", null],
  ["ExpectedRevenue < 5", false],
  ["ExpectedRevenue = 0", false],
  ["ExpectedRevenue = NULL", true],
  ["Description = ''", true],
];

test.each(unverified)("(unverified) %s is %j", (formula, value) => {
  expect(evaluate(formula)).toStrictEqual(value);
});

const news: readonly (readonly [string, unknown])[] = [
  ["ISNEW()", true],
  ["ISCHANGED(Name)", false],
  ["PRIORVALUE(Name)", "Spring Summit"],
];

test.each(news)("for a new record, %s is %j", (formula, value) => {
  expect(evaluate(formula, null)).toStrictEqual(value);
});

const refusals: readonly (readonly [string, string])[] = [
  ["VLOOKUP(Name)", "at 0: the function VLOOKUP is not supported"],
  ["1 +", "at 3: a value is expected, but the formula ends"],
  ["1 2", 'at 2: the end is expected, but "2" stands there'],
  ["'open", "at 0: the text has no closing quote"],
  ["'\\d'", 'at 1: "\\d" is no escape; write "\\\\" for a backslash'],
  ["1 # 2", 'at 2: "#" is not expected here'],
  ["LEN(Nmae)", "at 4: Campaign has no field Nmae"],
  ["Mother.Name", "at 0: Campaign has no relationship Mother"],
  ["LEN(1)", "at 4: LEN needs text here, not number"],
  ["LEN()", "at 0: LEN takes 1 parts, not 0"],
  ["Name + 1", 'at 5: "+" can\'t join text and number'],
  [
    "Status = 'Planned'",
    'at 7: "=" can\'t join picklist and text; a picklist needs TEXT() or ISPICKVAL()',
  ],
  ["CASE(1, 1, 1, 'a')", "at 14: CASE can't yield number and text"],
  ["CASE(1, 2, 3)", "at 0: CASE takes 4 or more parts, not 3"],
  ["ISCHANGED(Parent.Name)", "at 0: ISCHANGED needs a field of the record itself"],
  ["ISPICKVAL(Status, Name)", "at 0: ISPICKVAL needs a picklist and a literal text"],
  ["$Setup.X__c.Y__c", "at 0: $Setup is not supported"],
  ["$Permission.Nobody", "at 0: there is no custom permission Nobody"],
  [
    "Status",
    "at 0: the formula yields picklist, not text or number or boolean or date or datetime or blank",
  ],
];

test.each(refusals)("%s is refused", (formula, problem) => {
  expect(evaluate(formula)).toBe(problem);
});
