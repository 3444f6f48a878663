/**
 * docs/install.md, played as it is written, with the real Salesforce CLI: by a German admin, from an
 * org that has nothing of the package, but a required field, a validation rule and a trigger of its
 * own, to the first synced edit, through an upgrade, and back.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { SalesforceEmulator } from "../../emulators/salesforce/index.ts";
import { installFolders } from "../../emulators/salesforce/metadata-api/install.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { type RunningSync, startSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import {
  describeWithCli,
  type SalesforceCli,
  salesforceCli,
} from "../../emulators/salesforce/test/support/salesforce-cli.ts";
import { callRest, control } from "../../emulators/salesforce/test/support/salesforce-org.ts";
import { writtenCommands, type WrittenCommand } from "../support/written-commands.ts";

jest.setTimeout(900_000);

/** A busy machine takes its time. */
const deadlineMs = 120_000;

const guide = writtenCommands("docs/install.md");

/** What is not played, and why. */
const leftOut: readonly [RegExp, string][] = [
  [/^npm ci$/, "the packages are there"],
  [/--alias my-hub$/, "no Dev Hub"],
  [/^npm run org:create/, "no Dev Hub"],
  [/^npm run org:seed/, "played by test/check/org-commands.test.ts"],
];

describeWithCli("the guide", () => {
  let sync: RunningSync;
  let project: string;
  let cli: SalesforceCli;
  const played: string[] = [];

  beforeAll(async () => {
    project = mkdtempSync(path.join(os.tmpdir(), "install-"));
    const parts = ["force-app", "force-app-de", "force-app-reports", "sfdx-project.json"];
    for (const part of [...parts, ".forceignore", "package.json"]) {
      cpSync(part, path.join(project, part), { recursive: true });
    }
    for (const part of ["scripts", "config", "node_modules"]) {
      symlinkSync(path.resolve(part), path.join(project, part));
    }
    cli = salesforceCli(project);
    sync = await startSync({
      ...{ bare: true, links: 1, activateMappings: false },
    });
    const { metadata, person } = sync.salesforce;
    await installFolders(metadata, person.userId, ["test/fixtures/demanding-org"]);
    await sync.stopMiddleware();
    await callRest(sync.salesforce, "person", "PATCH", `/sobjects/User/${person.userId}`, {
      body: { LanguageLocaleKey: "de" },
    });
    await control(sync.salesforce, "features", { translationWorkbench: true });
  });
  afterAll(async () => {
    await sync.close();
    rmSync(project, { recursive: true, force: true });
  });

  /** Plays a chapter's commands one after the other. */
  async function play(commands: readonly WrittenCommand[], ...chapters: string[]): Promise<void> {
    for (const { chapter, command } of commands) {
      if (!chapters.includes(chapter)) continue;
      played.push(command);
      if (leftOut.some(([pattern]) => pattern.test(command))) continue;
      // A person signs in with the browser, here a token does; there is one org, whatever it is called.
      const alias = /^npx sf org login web --alias (\S+)/.exec(command)?.[1];
      if (alias === undefined) await run(command);
      else for (const name of [alias, "circa-trial"]) await cli.signInAdmin(sync.salesforce, name);
    }
  }

  async function run(written: string): Promise<void> {
    const command = written.replace(
      "integration@example.com",
      sync.salesforce.integration.username,
    );
    const child = spawn("bash", ["-o", "pipefail", "-c", command], {
      cwd: project,
      // Without a screen the CLI prints addresses instead of opening them.
      env: { ...cli.env, SF_CONTAINER_MODE: "true", npm_config_offline: "true" },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text: Buffer) => (said += text.toString()));
    }
    // Who is asked says yes.
    child.stdin.end("y\ny\n");
    const status = await new Promise((resolve) => child.once("close", resolve));
    // Who has a permission set is told so when given it again.
    const isThere = /org assign.*Duplicate PermissionSetAssignment/s.test(command + said);
    if (status !== 0 && !isThere)
      throw new Error(`${command}\nended with ${String(status)}:\n…${said.slice(-4_000)}`);
  }

  const rowsOf = (objectName: string) =>
    JSON.stringify([...sync.salesforce.org.store.rows(objectName)]);

  function partsOfPackage({ org }: SalesforceEmulator): string[] {
    const fields = [...(org.schema.object("Campaign")?.fields.values() ?? [])];
    return [...org.schema.objects(), ...fields, ...org.schema.permissionSets.values()]
      .map(({ name }) => name)
      .filter((name) => name.startsWith("Circa_"));
  }

  async function apex(method: string, args: object = {}): Promise<Record<string, unknown>> {
    const answer = await fetch(`${sync.salesforce.url}/apex/${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${sync.salesforce.person.accessToken}` },
      body: JSON.stringify(args),
    });
    const body = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(body)}`);
    return body;
  }

  /** Saves mappings as the mapping page does, and waits until Salesforce has taken them. */
  async function saveMappings(rows: readonly object[]): Promise<void> {
    const { jobId, saved } = await apex("CircaMappingController.save", { rows });
    expect(saved).toBe(true);
    await eventuallyHolds(
      "the mappings are deployed",
      async () => {
        const { state } = await apex("CircaMappingController.deploymentStatus", { jobId });
        expect(state).toBe("succeeded");
      },
      deadlineMs,
    );
  }

  async function fieldOfCirca(key: string): Promise<{ readonly crm_sync?: object | null }> {
    const answer = await fetch(`${sync.circa.api}/fields/${key}`, {
      headers: { authorization: `Bearer ${sync.circa.person.apiKey}` },
    });
    return (await answer.json()) as { crm_sync?: object | null };
  }

  let eventId: string;
  let campaignId: string;

  test("the guide's commands bring the package into an org with rules of its own", async () => {
    expect(partsOfPackage(sync.salesforce)).toEqual([]);
    await play(guide, "1. Deploy the package", "2. Make the integration user");
    await play(guide, "3. Let the service sign in");
    expect(readdirSync(project)).toEqual(expect.arrayContaining(["server.key", "server.crt"]));
    expect(partsOfPackage(sync.salesforce)).toContain("Circa_Sync_Admin");
    expect(rowsOf("Circa_Field_Mapping__mdt")).toBe("[]");
  });

  test("the first edit of an Event reaches its Campaign, and a lock holds", async () => {
    const people = marketer(sync);
    const [event] = await people.events();
    eventId = String(event!["id"]);
    const { body } = await callRest(
      sync.salesforce,
      "person",
      "GET",
      "/query?q=SELECT+Id+FROM+Campaign",
    );
    campaignId = (body as { records: { Id: string }[] }).records[0]!.Id;
    // Campaigns are Private here: the integration works on its own.
    await campaignManager(sync).edit(campaignId, {
      ...{ Cost_Center__c: "C1", Description: "Ours", Type: "Conference", StartDate: "2027-01-04" },
      OwnerId: sync.salesforce.integration.userId,
    });
    await sync.startMiddleware();
    await eventuallyHolds(
      "the mapping page lists Circa's fields",
      async () => {
        expect(JSON.stringify(await apex("CircaMappingController.loadPage"))).toContain(
          '"website"',
        );
      },
      deadlineMs,
    );
    const mapping = { active: true, blankRule: "Copy" };
    await saveMappings([
      {
        ...{ rowKey: "1", label: "Name", circaFieldKey: "name", campaignField: "Name" },
        ...{ direction: "To_Salesforce", ...mapping },
      },
      {
        ...{ rowKey: "2", label: "Website", circaFieldKey: "website" },
        ...{ campaignField: "Circa_Website__c", direction: "From_Salesforce", ...mapping },
      },
    ]);
    await salesforceAdmin(sync).setSetting({ Create_Campaigns__c: false });
    await apex("CircaSetupController.setWatching", { isOn: true });
    await apex("CircaSetupController.setDigest", { isOn: true });
    await eventuallyHolds(
      "the Event can be connected",
      async () => {
        await apex("CircaCampaignController.connect", { campaignId, eventId });
      },
      deadlineMs,
    );
    await people.edit(eventId, { name: "Edited before the upgrade" });
    await eventuallyHolds(
      "the edit has arrived, and the website is locked",
      async () => {
        expect(await campaignManager(sync).campaign(campaignId)).toMatchObject({
          Name: "Edited before the upgrade",
          Circa_Event_Id__c: eventId,
        });
        expect(await people.edit(eventId, { website: "https://no.example" })).toMatchObject({
          status: 422,
        });
      },
      deadlineMs,
    );
  });

  test("an upgrade leaves mappings, setting, locks and jobs as they are", async () => {
    const kept = [
      "Circa_Field_Mapping__mdt",
      "Circa_Sync_Setting__mdt",
      "CronTrigger",
      "CronJobDetail",
    ];
    const assignments = "PermissionSetAssignment";
    const before = [...kept, assignments].map(rowsOf);
    const field = await fieldOfCirca("website");
    await play(guide, "Upgrade");
    expect([...kept, assignments].map(rowsOf)).toEqual(before);
    expect(JSON.parse(rowsOf("CronTrigger"))).not.toEqual([]);
    expect(await fieldOfCirca("website")).toEqual(field);
    await marketer(sync).edit(eventId, { name: "Edited after the upgrade" });
    await eventuallyHolds(
      "edits arrive as before",
      async () => {
        expect(await campaignManager(sync).campaign(campaignId)).toMatchObject({
          Name: "Edited after the upgrade",
        });
      },
      deadlineMs,
    );
  });

  test("the guide's way out leaves the org as it was", async () => {
    const { mappings } = (await apex("CircaMappingController.loadPage")) as {
      mappings: { row: object }[];
    };
    await saveMappings(mappings.map(({ row }) => ({ ...row, active: false })));
    await salesforceAdmin(sync).tellMappingsChanged();
    await eventuallyHolds(
      "the lock is off",
      async () => {
        expect((await fieldOfCirca("website")).crm_sync ?? null).toBeNull();
      },
      deadlineMs,
    );
    await sync.stopMiddleware();
    await apex("CircaSetupController.setWatching", { isOn: false });
    await apex("CircaSetupController.setDigest", { isOn: false });
    const rows = JSON.parse(rowsOf("Circa_Field_Mapping__mdt")) as { DeveloperName: string }[];
    for (const { DeveloperName } of rows) await salesforceAdmin(sync).removeMapping(DeveloperName);
    await play(guide, "Remove");
    expect(partsOfPackage(sync.salesforce)).toEqual([]);
    expect(await campaignManager(sync).campaign(campaignId)).toMatchObject({
      Name: "Edited after the upgrade",
      Cost_Center__c: "C1",
    });
  });

  test("no command of the guide was forgotten", () => {
    expect(played).toEqual(guide.map(({ command }) => command));
  });
});
