/**
 * What a team writes in an afternoon: a webhook, then one update by jsforce; an event of Salesforce,
 * then a query and one update in Circa. It keeps nothing, and answers when the update is done.
 */
/* global fetch -- eslint knows it in TypeScript only */
import { Buffer } from "node:buffer";
import http from "node:http";
import process from "node:process";
import jsforce from "jsforce";
import { StreamingExtension } from "jsforce/lib/api/streaming.js";
import { Webhook } from "standardwebhooks";

const { SALESFORCE_URL, ACCESS_TOKEN, CIRCA_API, API_KEY, WEBHOOK_SECRET, FEE_KEY } = process.env;
const channel = "/event/Circa_Sync_Signal__e";

const connection = new jsforce.Connection({
  instanceUrl: SALESFORCE_URL,
  accessToken: ACCESS_TOKEN,
  version: "61.0",
});
const webhook = new Webhook(WEBHOOK_SECRET);

const client = connection.streaming.createClient([new StreamingExtension.Replay(channel, -1)]);
client.subscribe(channel, async ({ payload }) => {
  if (payload.Kind__c !== "campaigns_changed") return;
  const ids = JSON.parse(payload.Campaign_Ids__c).map((id) => `'${id}'`);
  const { records } = await connection.query(
    `SELECT Circa_Event_Id__c, Sponsorship_Fee__c FROM Campaign WHERE Id IN (${ids.join(",")})`,
  );
  for (const { Circa_Event_Id__c: id, Sponsorship_Fee__c: fee } of records) {
    await fetch(`${CIRCA_API}/events/${id}`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ custom_fields: { [FEE_KEY]: fee } }),
    });
  }
});

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    try {
      const { data } = webhook.verify(Buffer.concat(chunks).toString(), request.headers);
      await connection
        .sobject("Campaign")
        .update({ Id: data.salesforce_campaign_id, Circa_Location__c: data.location });
      response.writeHead(200).end();
    } catch (error) {
      response.writeHead(500).end(String(error.message));
    }
  });
});
server.listen(0, "127.0.0.1", () => process.send({ listening: server.address().port }));
