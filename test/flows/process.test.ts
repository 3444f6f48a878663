/** The middleware as the process that an operator runs. */
import {
  buildMiddleware,
  runMiddleware,
  startMiddleware,
} from "../../scripts/support/middleware-process.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

beforeAll(buildMiddleware);

test("a missing or wrong configuration: all of it is said at once, and the process ends", async () => {
  const { code, stderr } = await runMiddleware([], {
    PORT: "eighty",
    SALESFORCE_LOGIN_URL: "nowhere",
  });
  expect(code).toBe(1);
  for (const name of [
    "PORT",
    "SALESFORCE_LOGIN_URL",
    "SALESFORCE_CLIENT_ID",
    "CIRCA_API_KEY",
    "CIRCA_WEBHOOK_SECRET",
    "ADMIN_TOKEN",
  ]) {
    expect(stderr).toContain(name);
  }
});

test("a port in use, a folder in use: said in words, and the process ends", async () => {
  const sync = await startSync({ links: 2 });
  try {
    const env = sync.environment();
    const taken = await runMiddleware([], { ...env, DATA_DIR: `${env["DATA_DIR"] ?? ""}-other` });
    expect(taken).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/PORT \d+ is in use/) as string,
    });
    const shared = await runMiddleware([], { ...env, PORT: "0" });
    expect(shared.code).toBe(1);
    expect(shared.stderr).toMatch(/DATA_DIR .* in use by another process/);
  } finally {
    await sync.close();
  }
});

test("no secret reaches the log, whatever goes wrong, and SIGTERM ends it cleanly", async () => {
  const sync = await startSync({ links: 2 });
  try {
    await sync.settled();
    await sync.stopMiddleware();
    const lines: string[] = [];
    const env: Record<string, string> = { ...sync.environment(), LOG_LEVEL: "debug" };
    const child = await startMiddleware({ env, onLogLine: (line) => lines.push(line) });
    await salesforceAdmin(sync).setFaults(
      { name: "revokeToken" },
      { name: "unavailable", method: "PATCH" },
      { name: "respond", status: 500, body: "oops" },
    );
    const [event] = await marketer(sync).events();
    const campaignId = String(event!["salesforce_campaign_id"]);
    await marketer(sync).edit(String(event!["id"]), { location: "after all that" });
    await eventuallyHolds("the Campaign has the location", async () => {
      const campaign = await campaignManager(sync).campaign(campaignId);
      expect(campaign["Circa_Location__c"]).toBe("after all that");
    });
    const { salesforce, circa } = sync;
    const echo = [env["CIRCA_WEBHOOK_SECRET"], circa.integration.apiKey, env["ADMIN_TOKEN"]];
    const words = `echo: ${echo.join(" ")}`;
    const errors = [{ field: null, code: "invalid", message: words }];
    const caller = "integration";
    const answer = { kind: "answer", status: 422, body: { errors }, method: "PATCH" };
    await circaEmulator(sync).setFaults({ requests: [{ ...answer, caller, times: 99 }] });
    await salesforceAdmin(sync).setFaults({
      ...{ name: "respondRest", status: 400, times: 2, path: "/composite/sobjects", caller },
      body: [{ errorCode: "ODD_CODE", message: words }],
    });
    await campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: 77 });
    await marketer(sync).edit(String(event!["id"]), { location: "echoed" });
    const told = async (path: string) => {
      const headers = { authorization: `Bearer ${env["ADMIN_TOKEN"] ?? ""}` };
      return (await fetch(`${child.url}${path}`, { headers })).text();
    };
    await eventuallyHolds(
      "the refusal is a problem, without the secrets",
      async () => {
        expect(await told("/api/problems")).toContain("echo: [secret] [secret] [secret]");
      },
      60_000,
    );
    await eventuallyHolds(
      "the Campaign has the next location",
      async () => {
        const campaign = await campaignManager(sync).campaign(campaignId);
        expect(campaign["Circa_Location__c"]).toBe("echoed");
      },
      60_000,
    );
    const pages = [await told("/api/problems"), await told("/api/status"), await told("/metrics")];
    const shown = [
      await marketer(sync).event(String(event!["id"])),
      await campaignManager(sync).campaign(campaignId),
    ];
    await child.stop();
    expect(await child.ended).toBe("exit code 0");
    expect(lines.join("\n")).toContain("stopped");
    const log = [...lines, ...pages, JSON.stringify(shown)].join("\n");
    const secrets = [
      env["CIRCA_WEBHOOK_SECRET"],
      env["ADMIN_TOKEN"],
      circa.integration.apiKey,
      salesforce.integration.clientSecret,
      salesforce.integration.accessToken,
      "BEGIN PRIVATE KEY",
      `${salesforce.orgId.slice(0, 15)}!`,
    ];
    expect(secrets.filter((secret) => secret === undefined || log.includes(secret))).toEqual([]);
  } finally {
    await sync.close();
  }
});
