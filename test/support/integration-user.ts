/** What the integration user sees and may publish in Salesforce, over its API. */
import faye from "faye";
import { Connection } from "jsforce/lib/connection.js";
import type { RunningSync } from "./running-sync.ts";

type Json = Record<string, unknown>;

export interface IntegrationUser {
  query(soql: string): Promise<Json[]>;
  /** Publishes `Circa_Sync_Signal__e`. */
  signal(values: Json): Promise<void>;
  /** Listens for `Circa_Sync_Answer__e`. */
  answers(): Answers;
}

export interface Answers {
  readonly ready: Promise<void>;
  readonly received: readonly Json[];
  close(): Promise<void>;
}

export function integrationUser({ salesforce }: Pick<RunningSync, "salesforce">): IntegrationUser {
  const { accessToken } = salesforce.integration;
  const connection = new Connection({
    instanceUrl: salesforce.url,
    accessToken,
    version: salesforce.apiVersion,
  });
  return {
    query: async (soql) => (await connection.query(soql)).records,
    async signal(values) {
      await connection.sobject("Circa_Sync_Signal__e").create(values);
    },
    answers() {
      const client = new faye.Client(`${salesforce.url}/cometd/${salesforce.apiVersion}`, {
        retry: 0.05,
      });
      client.disable("websocket");
      client.setHeader("Authorization", `OAuth ${accessToken}`);
      const received: Json[] = [];
      const subscription = client.subscribe(
        "/event/Circa_Sync_Answer__e",
        (event: { payload: Json }) => received.push(event.payload),
      );
      return {
        received,
        ready: new Promise<void>((resolve, reject) => void subscription.then(resolve, reject)),
        async close() {
          await (client as unknown as { disconnect(): PromiseLike<void> | undefined }).disconnect();
        },
      };
    },
  };
}
