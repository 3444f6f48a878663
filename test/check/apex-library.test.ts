/** That what the Apex library has is used, and that the check which says so can fail. */
import { keptMembers } from "../../scripts/check/apex/kept-members.ts";
import { checkApexLibrary } from "../../scripts/check/apex/library.ts";

test("each member of the library has a user, or says why it stays", async () => {
  expect(await checkApexLibrary()).toEqual([]);
});

test("a member without a user is named, and so is an entry that says nothing any more", async () => {
  const findings = await checkApexLibrary({
    ...keptMembers,
    Id: "getSObjectType",
    Math: `${keptMembers["Math"] ?? ""} min acos`,
  });
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^no code uses Id\.to15: delete it/),
    "Math.min has a user now: delete its entry",
    "Math.acos is not there: delete its entry",
  ]);
});
