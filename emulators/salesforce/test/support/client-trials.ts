/** What the clients that people use do with the local Salesforce; the README lists it. */
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Connection } from "jsforce";
import type { SalesforceEmulator } from "../../index.ts";
import { subscribeWithFaye } from "./faye-client.ts";
import { connect, fixtureChannel } from "./salesforce-org.ts";
import { sfTrials as sf, type SfTrial } from "./sf-trials.ts";

/** Ends well, or throws what the client makes of a refusal. */
type Trial = (org: SalesforceEmulator) => Promise<unknown>;

export interface ClientOperation {
  readonly operation: string;
  readonly sf?: SfTrial;
  readonly jsforce?: Trial;
  readonly faye?: Trial;
  readonly cometd?: Trial;
  /** The error code or text of what the local Salesforce does not take, as it should not. */
  readonly refused?: string;
}

export const columns = ["sf", "jsforce", "faye", "cometd"] as const;

const soql = "SELECT Id, Name FROM Campaign";

function jsforce(run: (connection: Connection) => PromiseLike<unknown>): Trial {
  return async (org) => run(connect(org, "person"));
}

async function publish(org: SalesforceEmulator): Promise<void> {
  await connect(org, "person").sobject("Sample_Signal__e").create({ Kind__c: "tried" });
}

async function newCampaign(connection: Connection): Promise<string> {
  const { id } = await connection.sobject("Campaign").create({ Name: "Tried" });
  if (id === undefined) throw new Error("The Campaign was not created.");
  return id;
}

/** @throws the refusal, or that nothing came */
function withFaye(replayId: number): Trial {
  return async (org) => {
    const client = subscribeWithFaye(org, replayId);
    try {
      await client.subscribed;
      await publish(org);
    } finally {
      await client.stop();
    }
  };
}

function withCometd(replayId: number, channel = fixtureChannel, token?: string): Trial {
  return async (org) => {
    const script = path.resolve("emulators/salesforce/test/support/cometd-client.mjs");
    const access = token ?? org.integration.accessToken;
    const args = [script, `${org.url}/cometd/61.0`, access, channel, String(replayId)];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        // Beside its own lines stands what the library has to say.
        if (!line.startsWith("{")) continue;
        const said = JSON.parse(line) as { subscribed?: true; refused?: string; kind?: string };
        if (said.refused !== undefined) throw new Error(said.refused);
        if (said.kind === "tried") return;
        if (said.subscribed) await publish(org);
      }
      throw new Error("The client ended and had heard nothing.");
    } finally {
      child.stdin.end();
      child.kill();
    }
  };
}

/** The rows of the table, in its order. */
export const clientOperations: readonly ClientOperation[] = [
  { operation: "sign in", sf: sf.signIn },
  {
    operation: "sign in by token",
    sf: sf.signInByToken,
    jsforce: jsforce((c) => c.identity()),
  },
  { operation: "query", sf: sf.query, jsforce: jsforce((c) => c.query(soql)) },
  { operation: "query plan", jsforce: jsforce((c) => c.query(soql).explain()) },
  {
    operation: "objects",
    sf: sf.listObjects,
    jsforce: jsforce((c) => c.describeGlobal()),
  },
  {
    operation: "describe",
    sf: sf.describe,
    jsforce: jsforce((c) => c.describe("Campaign")),
  },
  { operation: "limits", sf: sf.limits, jsforce: jsforce((c) => c.limits()) },
  {
    operation: "create",
    sf: sf.createRecord,
    jsforce: jsforce((c) => c.sobject("Campaign").create({ Name: "Tried" })),
  },
  {
    operation: "read",
    sf: sf.getRecord,
    jsforce: jsforce(async (c) => c.sobject("Campaign").retrieve(await newCampaign(c))),
  },
  {
    operation: "update",
    sf: sf.updateRecord,
    jsforce: jsforce(async (c) =>
      c.sobject("Campaign").update({ Id: await newCampaign(c), Name: "Tried again" }),
    ),
  },
  {
    operation: "delete",
    sf: sf.deleteRecord,
    jsforce: jsforce(async (c) => c.sobject("Campaign").destroy(await newCampaign(c))),
  },
  {
    operation: "collections",
    jsforce: jsforce(async (c) => {
      const records = [
        { Code__c: "t1", Name: "One" },
        { Code__c: "t2", Name: "Two" },
      ];
      await c.sobject("Campaign").upsert(records, "Code__c", { allOrNone: true });
    }),
  },
  { operation: "records with their children", sf: sf.importTree },
  { operation: "export of records with their children", sf: sf.exportTree },
  { operation: "bulk insert", sf: sf.importBulk },
  {
    operation: "bulk upsert",
    sf: sf.upsertBulk,
    jsforce: jsforce((c) =>
      c.bulk2.loadAndWaitForResults({
        ...{ object: "Campaign", operation: "upsert", externalIdFieldName: "Code__c" },
        input: [{ Code__c: "bulk", Name: "In bulk" }],
        pollInterval: 50,
      }),
    ),
  },
  {
    operation: "bulk delete",
    sf: sf.deleteBulk,
    jsforce: jsforce(async (c) => {
      const input = [{ Id: await newCampaign(c) }];
      const job = { object: "Campaign", operation: "delete", input, pollInterval: 50 } as const;
      await c.bulk2.loadAndWaitForResults(job);
    }),
  },
  {
    operation: "bulk query",
    sf: sf.exportBulk,
    jsforce: jsforce(async (c) => (await c.bulk2.query(soql)).toArray()),
  },
  { operation: "deploy with tests", sf: sf.deployStart },
  { operation: "deploy on trial", sf: sf.dryRun },
  { operation: "deploy without waiting, report", sf: sf.deployReport },
  { operation: "validate, quick deploy", sf: sf.deployQuick },
  { operation: "cancel a deployment", sf: sf.deployCancel },
  {
    operation: "Tooling query",
    sf: sf.toolingQuery,
    jsforce: jsforce((c) => c.tooling.query("SELECT Id FROM ApexClass")),
  },
  { operation: "retrieve", sf: sf.retrieve },
  {
    operation: "metadata",
    sf: sf.manifest,
    jsforce: jsforce((c) => c.metadata.list({ type: "CustomObject" })),
  },
  { operation: "list of one type of metadata", sf: sf.listMetadata },
  {
    operation: "metadata types",
    sf: sf.listMetadataTypes,
    jsforce: jsforce((c) => c.metadata.describe()),
  },
  { operation: "give a permission set", sf: sf.assignPermset },
  {
    operation: "run Apex",
    sf: sf.apexRun,
    jsforce: jsforce((c) => c.tooling.executeAnonymous("Integer one = 1;")),
  },
  { operation: "run Apex tests", sf: sf.apexTest },
  { operation: "run Apex tests without waiting, report", sf: sf.apexTestReport },
  { operation: "delete metadata", sf: sf.deleteSource },
  { operation: "open the org", sf: sf.openOrg },
  {
    operation: "publish",
    jsforce: jsforce((c) => c.sobject("Sample_Signal__e").create({ Kind__c: "tried" })),
  },
  { operation: "subscribe", faye: withFaye(-1), cometd: withCometd(-1) },
  { operation: "replay", faye: withFaye(-2), cometd: withCometd(-2) },
  {
    operation: "replay after an unkept id",
    faye: withFaye(987_654),
    cometd: withCometd(987_654),
    refused: "The replayId {987654} you provided was invalid",
  },
  {
    operation: "an unknown channel",
    cometd: withCometd(-1, "/event/Nothing__e"),
    refused: "400::The channel",
  },
  {
    operation: "a bad token",
    cometd: withCometd(-1, fixtureChannel, "bad"),
    refused: "401::Authentication invalid",
  },
  {
    operation: "layouts",
    jsforce: jsforce((c) => c.sobject("Campaign").layouts()),
    refused: "The requested resource does not exist",
  },
  {
    operation: "search (SOSL)",
    sf: sf.search,
    jsforce: jsforce((c) => c.search("FIND {Tried} RETURNING Campaign")),
    refused: "The requested resource does not exist",
  },
];

/** Commands of the CLI, each topic with its own: `data` (query, create record). */
function byTopic(commands: readonly string[]): string {
  const topics = new Map<string, string[]>();
  for (const command of commands) {
    const [topic = "", ...rest] = command.split(" ");
    topics.set(topic, [...(topics.get(topic) ?? []), rest.join(" ")]);
  }
  return [...topics].map(([topic, rest]) => `\`${topic}\` (${rest.join(", ")})`).join(", ");
}

/** The list of the README: what each client does, the Salesforce CLI by its commands. */
export function clientList(): string {
  const lines = columns.map((client) => {
    const tried = clientOperations.filter((row) => row[client] !== undefined);
    const named = (rows: readonly ClientOperation[]) =>
      client === "sf"
        ? byTopic(rows.map(({ sf: trial }) => trial?.command ?? ""))
        : rows.map(({ operation }) => operation).join(", ");
    const accepted = named(tried.filter(({ refused }) => refused === undefined));
    const refused = named(tried.filter((row) => row.refused !== undefined));
    return `- ${client}: ${accepted}${refused === "" ? "" : `; refused: ${refused}`}.`;
  });
  return lines.join("\n");
}
