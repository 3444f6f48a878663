/** Node-RED 4 with a flow that does what the plain script does; installed on demand, never a dependency. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { waitUntil } from "../../../emulators/wait-until.ts";
import type { WorldAddresses } from "./world-commands.ts";

const version = "4.1.15";
const folder = resolve(".cache/bench/node-red");
const program = join(folder, "node_modules/node-red/red.js");

/** @throws when npm can't install it, which takes a registry */
function install(): void {
  if (existsSync(program)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const args = ["install", "--no-audit", "--no-fund", "--no-save", `node-red@${version}`];
  const { status, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`Node-RED ${version} can't be installed:\n${stderr}`);
}

export async function startNodeRed(
  world: WorldAddresses,
): Promise<{ child: ChildProcess; url: string }> {
  install();
  const user = mkdtempSync(join(tmpdir(), "event-info-sync-node-red-"));
  const port = await freePort();
  writeFileSync(join(user, "flows.json"), JSON.stringify(flow(world)));
  writeFileSync(
    join(user, "settings.js"),
    `module.exports = ${JSON.stringify({
      uiPort: port,
      uiHost: "127.0.0.1",
      flowFile: "flows.json",
      disableEditor: true,
      credentialSecret: "none is kept",
      telemetry: { enabled: false, updateNotification: false },
      logging: { console: { level: "warn" } },
    }).slice(0, -1)}, ${functionModules} };`,
  );
  const child = spawn(process.execPath, [program, "-u", user], {
    env: { PATH: process.env["PATH"], HOME: user },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const url = `http://127.0.0.1:${port}/circa-event`;
  await waitUntil({
    wanted: "Node-RED to listen",
    read: async () => (await fetch(url)).status,
    holds: () => true,
    deadlineMs: 60_000,
  });
  return { child, url };
}

/** What its functions may use: the same jsforce as the script's. */
const functionModules = `functionGlobalContext: {
  crypto: require("node:crypto"),
  jsforce: require(${JSON.stringify(resolve("node_modules/jsforce"))}),
  streaming: require(${JSON.stringify(resolve("node_modules/jsforce/lib/api/streaming.js"))}),
}`;

const node = (id: string, type: string, next: readonly string[], settings: object) => ({
  // What stands nowhere on the page counts as a setting.
  ...{ id, type, z: "tab", name: id, x: 0, y: 0, wires: [next] },
  ...settings,
});

/** Webhook → signature → PATCH, three tries; event → query → PATCH. */
function flow(world: WorldAddresses): readonly object[] {
  const campaign = `${world.salesforceUrl}/services/data/v61.0/sobjects/Campaign/`;
  const request = { method: "use", ret: "txt", paytoqs: "ignore", persist: true, senderr: false };
  const code = (text: string, initialize = "") => ({
    func: text,
    outputs: 1,
    initialize,
    libs: [],
  });
  const verify = `
    const key = Buffer.from(${JSON.stringify(world.webhookSecret)}.slice(6), "base64");
    const h = msg.req.headers, body = JSON.stringify(msg.payload);
    const wanted = global.get("crypto").createHmac("sha256", key)
      .update(h["webhook-id"] + "." + h["webhook-timestamp"] + "." + body).digest("base64");
    if (h["webhook-signature"] !== "v1," + wanted) { msg.statusCode = 401; return [msg, null]; }
    const data = msg.payload.data;
    msg.statusCode = 200;
    return [msg, { method: "PATCH", url: ${JSON.stringify(campaign)} + data.salesforce_campaign_id,
      headers: { authorization: "Bearer ${world.accessToken}", "content-type": "application/json" },
      payload: { Circa_Location__c: data.location }, tries: 0 }];`;
  const retry = `
    if (msg.statusCode < 300) return null;
    if (msg.tries >= 3) return null;
    msg.tries += 1;
    msg.payload = msg.sent;
    setTimeout(() => node.send(msg), 500 * 2 ** msg.tries);
    return null;`;
  const subscribe = `
    const { Connection } = global.get("jsforce"), { StreamingExtension } = global.get("streaming");
    const connection = new Connection({ instanceUrl: ${JSON.stringify(world.salesforceUrl)},
      accessToken: ${JSON.stringify(world.accessToken)}, version: "61.0" });
    const channel = "/event/Circa_Sync_Signal__e";
    connection.streaming.createClient([new StreamingExtension.Replay(channel, -1)])
      .subscribe(channel, async ({ payload }) => {
        if (payload.Kind__c !== "campaigns_changed") return;
        const ids = JSON.parse(payload.Campaign_Ids__c).map((id) => "'" + id + "'");
        const { records } = await connection.query(
          "SELECT Circa_Event_Id__c, Sponsorship_Fee__c FROM Campaign WHERE Id IN (" + ids.join(",") + ")");
        for (const row of records) node.send({ method: "PATCH",
          url: ${JSON.stringify(world.circaApi)} + "/events/" + row.Circa_Event_Id__c,
          headers: { authorization: "Bearer ${world.apiKey}", "content-type": "application/json" },
          payload: { custom_fields: { ${world.feeKey}: row.Sponsorship_Fee__c } } });
      });`;
  return [
    { id: "tab", type: "tab", label: "Circa and Salesforce" },
    node("webhook", "http in", ["verify"], { url: "/circa-event", method: "post" }),
    {
      ...node("verify", "function", [], { ...code(verify), outputs: 2 }),
      wires: [["answer"], ["keep"]],
    },
    node("answer", "http response", [], { statusCode: "" }),
    node("keep", "function", ["salesforce"], code("msg.sent = msg.payload; return msg;")),
    node("salesforce", "http request", ["retry"], request),
    node("retry", "function", ["keep"], code(retry)),
    node("stream", "function", ["circa"], code("return msg;", subscribe)),
    node("circa", "http request", [], request),
  ];
}
