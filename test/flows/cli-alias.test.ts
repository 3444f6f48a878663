/** For development: the middleware signs in as an org of the Salesforce CLI. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMiddleware, startMiddleware } from "../../scripts/support/middleware-process.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync } from "../support/running-sync.ts";
import {
  describeWithCli,
  salesforceCli,
} from "../../emulators/salesforce/test/support/salesforce-cli.ts";

describeWithCli("with the Salesforce CLI", () => {
  test("an alias of the CLI is all that it needs to sign in", async () => {
    const home = mkdtempSync(join(tmpdir(), "sf-home-"));
    const sync = await startSync({ links: 2 });
    try {
      await sync.settled();
      await sync.stopMiddleware();
      const cli = salesforceCli(home);
      expect(await cli.signIn(sync.salesforce, "dev")).toMatchObject({ status: 0 });
      buildMiddleware();
      const {
        SALESFORCE_CLIENT_ID: _clientId,
        SALESFORCE_USERNAME: _username,
        SALESFORCE_PRIVATE_KEY_FILE: _keyFile,
        ...rest
      } = sync.environment();
      const child = await startMiddleware({
        env: { ...rest, ...cli.env, SALESFORCE_ORG_ALIAS: "dev" },
      });
      const [event] = await marketer(sync).events();
      const campaignId = String(event!["salesforce_campaign_id"]);
      await marketer(sync).edit(String(event!["id"]), { location: "signed in by alias" });
      await eventuallyHolds("the Campaign has the location", async () => {
        const campaign = await campaignManager(sync).campaign(campaignId);
        expect(campaign["Circa_Location__c"]).toBe("signed in by alias");
      });
      await child.stop();
      expect(await child.ended).toBe("exit code 0");
    } finally {
      await sync.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
