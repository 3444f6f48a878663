import * as fc from "fast-check";
import { campaignStatus } from "../../../middleware/sync/write/campaign-status.ts";
import { linkProblem, type Problem } from "../../../middleware/model/problems/problem.ts";
import { packageNames } from "../../../middleware/systems/salesforce/connection/names.ts";
import { aCampaign } from "../../support/builders.ts";
import { linesOf } from "../../support/worded.ts";

const names = packageNames(null);
/** Its words are the given ones and a few more. */
const problem = (said: string): Problem => linkProblem("WAITING_FOR_CIRCA", { said, since: "now" });
const messageOf = (problems: readonly Problem[]): string =>
  campaignStatus(names, aCampaign(), problems)["Circa_Sync_Message__c"] as string;
/** A line break counts as two. */
const lengthInSalesforce = (text: string) => text.replaceAll("\n", "\r\n").length;

test("whole problems that fit, and how many more there are", () => {
  const many = Array.from({ length: 16 }, (_, nth) => problem(`${nth}: ${"x".repeat(180)}`));
  const lines = messageOf(many).split("\n");
  expect(lines.slice(0, -1)).toEqual(
    many.slice(0, lines.length - 1).map((one) => linesOf(one).replace("\n", " ")),
  );
  expect(lines.at(-1)).toBe(`and ${16 - (lines.length - 1)} more`);
});

test("one problem too long for the field is cut, visibly", () => {
  const message = messageOf([problem("x".repeat(3_000)), problem("second")]);
  expect(message).toMatch(/x…\nand 1 more$/);
  expect(lengthInSalesforce(message)).toBe(2_000);
});

test("what Salesforce gives back for a message is the message", () => {
  const problems = [problem("two\r\nlines and \u0000 "), problem("second")];
  const shown = campaignStatus(names, aCampaign(), problems);
  const stored = String(shown["Circa_Sync_Message__c"]).replaceAll("\n", "\r\n");
  expect(stored).toContain("\ufffd");
  const again = aCampaign({ Circa_Sync_Status__c: "Attention", Circa_Sync_Message__c: stored });
  expect(campaignStatus(names, again, problems)).toEqual({});
});

test("whatever the problems say, the field can hold it and says that there are some", () => {
  const text = fc.string({ unit: "binary", maxLength: 900 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), (messages) => {
      const shown = campaignStatus(names, aCampaign(), messages.map(problem));
      expect(shown["Circa_Sync_Status__c"]).toBe("Attention");
      const message = String(shown["Circa_Sync_Message__c"]);
      expect(lengthInSalesforce(message)).toBeLessThanOrEqual(2_000);
      expect(message).toContain("Waiting for Circa");
    }),
  );
});
