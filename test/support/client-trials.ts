/** What the clients that people use do with the local Salesforce; docs/fidelity.md has it as a table. */
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Connection } from "jsforce";
import type { SalesforceEmulator } from "../../emulators/salesforce/index.ts";
import { subscribeWithFaye } from "./faye-client.ts";
import { connect, fixtureChannel } from "./salesforce-org.ts";

/** Ends well, or throws what the client makes of a refusal. */
type Trial = (org: SalesforceEmulator) => Promise<unknown>;

export interface ClientOperation {
  readonly operation: string;
  /** The command of the Salesforce CLI that does it; a test of its own runs it. */
  readonly sf?: string;
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
    const script = path.resolve("test/support/cometd-client.mjs");
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
  { operation: "sign in", sf: "org login jwt" },
  {
    operation: "sign in by token",
    sf: "org login access-token",
    jsforce: jsforce((c) => c.identity()),
  },
  { operation: "query", sf: "data query", jsforce: jsforce((c) => c.query(soql)) },
  {
    operation: "query of Apex and its tests",
    sf: "data query --use-tooling-api",
    jsforce: jsforce((c) => c.tooling.query("SELECT Id FROM ApexClass")),
  },
  { operation: "query plan", jsforce: jsforce((c) => c.query(soql).explain()) },
  { operation: "list of objects", jsforce: jsforce((c) => c.describeGlobal()) },
  { operation: "description of an object", jsforce: jsforce((c) => c.describe("Campaign")) },
  { operation: "limits", jsforce: jsforce((c) => c.limits()) },
  {
    operation: "create, update, delete a record",
    sf: "data update record",
    jsforce: jsforce(async (c) => {
      const { id } = await c.sobject("Campaign").create({ Name: "Tried" });
      await c.sobject("Campaign").update({ Id: id!, Name: "Tried again" });
      await c.sobject("Campaign").destroy(id!);
    }),
  },
  {
    operation: "create and upsert many records",
    jsforce: jsforce(async (c) => {
      const records = [
        { Code__c: "t1", Name: "One" },
        { Code__c: "t2", Name: "Two" },
      ];
      await c.sobject("Campaign").upsert(records, "Code__c", { allOrNone: true });
    }),
  },
  { operation: "records with their children", sf: "data import tree" },
  {
    operation: "bulk load",
    sf: "data upsert bulk",
    jsforce: jsforce((c) =>
      c.bulk2.loadAndWaitForResults({
        ...{ object: "Campaign", operation: "insert", input: [{ Name: "In bulk" }] },
        pollInterval: 50,
      }),
    ),
  },
  {
    operation: "bulk delete",
    sf: "data delete bulk",
    jsforce: jsforce(async (c) => {
      const { id: Id } = await c.sobject("Campaign").create({ Name: "To go" });
      const input = [{ Id: Id! }];
      const job = { object: "Campaign", operation: "delete", input, pollInterval: 50 } as const;
      await c.bulk2.loadAndWaitForResults(job);
    }),
  },
  { operation: "bulk query", jsforce: jsforce(async (c) => (await c.bulk2.query(soql)).toArray()) },
  { operation: "deploy, validate", sf: "project deploy start" },
  { operation: "call a deployment off", sf: "project deploy cancel" },
  { operation: "retrieve", sf: "project retrieve start" },
  { operation: "delete metadata", sf: "project delete source" },
  {
    operation: "list of metadata",
    sf: "project generate manifest",
    jsforce: jsforce((c) => c.metadata.list({ type: "CustomObject" })),
  },
  { operation: "give a permission set", sf: "org assign permset" },
  {
    operation: "run Apex",
    sf: "apex run",
    jsforce: jsforce((c) => c.tooling.executeAnonymous("Integer one = 1;")),
  },
  { operation: "run Apex tests", sf: "apex run test" },
  { operation: "open the org", sf: "org open" },
  {
    operation: "publish an event",
    jsforce: jsforce((c) => c.sobject("Sample_Signal__e").create({ Kind__c: "tried" })),
  },
  { operation: "subscribe", faye: withFaye(-1), cometd: withCometd(-1) },
  { operation: "subscribe to what is kept", faye: withFaye(-2), cometd: withCometd(-2) },
  {
    operation: "subscribe after an id that is not kept",
    faye: withFaye(987_654),
    cometd: withCometd(987_654),
    refused: "The replayId {987654} you provided was invalid",
  },
  {
    operation: "subscribe to an unknown channel",
    cometd: withCometd(-1, "/event/Nothing__e"),
    refused: "400::The channel",
  },
  {
    operation: "subscribe with a bad token",
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
    jsforce: jsforce((c) => c.search("FIND {Tried} RETURNING Campaign")),
    refused: "The requested resource does not exist",
  },
];

/** The table of docs/fidelity.md. */
export function clientTable(): string {
  const lines = clientOperations.map((row) => {
    const cells = columns.map((client) => {
      if (row[client] === undefined) return "";
      if (client === "sf") return `\`${row.sf ?? ""}\``;
      return row.refused === undefined ? "works" : "refused";
    });
    return `| ${[row.operation, ...cells].join(" | ")} |`;
  });
  const head = [`| operation | ${columns.join(" | ")} |`, `|${" - |".repeat(columns.length + 1)}`];
  return [...head, ...lines].join("\n");
}
