/**
 * Puts sample Campaigns into a trial org, and lets the signed-in user edit Campaigns:
 * `npm run org:seed -- <alias or username>`. Campaigns that are there already stay as they are.
 */
import { z } from "zod";
import { askSf, OrgCommandError, requireOrg, requireSignIn, runOrgCommand, sf } from "./cli.ts";
import { sampleCampaigns } from "./sample-campaigns.ts";

const howTo = `Name the org to fill: npm run org:seed -- <alias or username>

  sign in:         npx sf org login web --alias my-sandbox
  deploy first:    npm run org:deploy -- my-sandbox

Meant for scratch orgs and sandboxes. SF_TARGET_ORG names the org as well.`;

const names = z.object({ records: z.array(z.object({ Name: z.string() })) });

/** Without it Salesforce refuses to create and edit Campaigns, whatever the permissions say. */
function makeMarketingUser(alias: string, username: string): void {
  sf("Ticking Marketing User", [
    ...["data", "update", "record", "--target-org", alias, "--sobject", "User"],
    ...["--where", `Username='${username}'`],
    ...["--values", "UserPermissionsMarketingUser=true"],
  ]);
}

function namesInOrg(alias: string): Set<string> {
  const list = sampleCampaigns.map(({ Name }) => `'${Name}'`).join(", ");
  const query = `SELECT Name FROM Campaign WHERE Name IN (${list})`;
  const answer = askSf(["data", "query", "--target-org", alias, "--query", query]);
  const parsed = names.safeParse(answer.result);
  if (!parsed.success) throw new OrgCommandError(`Campaigns can't be read in "${alias}".`);
  return new Set(parsed.data.records.map(({ Name }) => Name));
}

runOrgCommand(() => {
  const { alias } = requireOrg(howTo);
  makeMarketingUser(alias, requireSignIn(alias, howTo).username);
  const there = namesInOrg(alias);
  for (const campaign of sampleCampaigns.filter(({ Name }) => !there.has(Name))) {
    const values = Object.entries(campaign)
      .map(([field, value]) => `${field}='${value}'`)
      .join(" ");
    sf(`Creating ${campaign.Name}`, [
      ...["data", "create", "record", "--target-org", alias, "--sobject", "Campaign"],
      ...["--values", values],
    ]);
  }
  console.log(`${sampleCampaigns.length} sample Campaigns are in ${alias}.`);
});
