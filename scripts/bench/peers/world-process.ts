/**
 * Both emulators, the people who edit, and Circa's webhooks: an edit is made at its time whatever
 * the ones before have come to, and its arrival is seen at the moment the other side has it.
 */
import { customFieldKey } from "../../../emulators/seed/custom-fields.ts";
import { startEmulators, type Emulators } from "../../../emulators/start.ts";
import { editEvent } from "../../../emulators/circa/operations/edit-event.ts";
import { CircaStore } from "../../../emulators/circa/store.ts";
import { RecordStore } from "../../../emulators/salesforce/data/store.ts";
import { addEndpoint, newWebhookSecret } from "../../support/middleware-settings.ts";
import { countRequests, type RequestCount } from "../count-requests.ts";
import { webhookSender, type WebhookSender } from "./webhook-sender.ts";
import type {
  EditsOrder,
  EditsOutcome,
  Side,
  WorldCommands,
  WorldRequest,
} from "./world-commands.ts";

/** The field of each direction: Circa's location goes to Salesforce, the fee comes from there. */
const location = { circa: "location", campaign: "Circa_Location__c" };
const fee = { circa: customFieldKey("Sponsorship_Fee__c"), campaign: "Sponsorship_Fee__c" };

const webhookSecret = newWebhookSecret();
const forEver = 1_000_000_000;

interface Link {
  readonly eventId: string;
  readonly campaignId: string;
}

let emulators: Emulators;
let links: Link[];
let requests: Readonly<Record<Side, RequestCount>>;
let sender: WebhookSender;
let edited = 0;
/** What is waited for, by the record that is to have it. */
const awaited = new Map<string, { readonly value: unknown; readonly arrive: () => void }>();

const see = (id: string, value: unknown) => {
  const wanted = awaited.get(id);
  if (wanted === undefined || wanted.value !== value) return;
  awaited.delete(id);
  wanted.arrive();
};

watchStores();

function watchStores(): void {
  /* eslint-disable @typescript-eslint/unbound-method -- each is called with its own `this` */
  const { put } = RecordStore.prototype;
  const { putEvent } = CircaStore.prototype;
  /* eslint-enable @typescript-eslint/unbound-method */
  RecordStore.prototype.put = function (objectName, record) {
    put.call(this, objectName, record);
    if (objectName === "Campaign") see(record.Id, record[location.campaign]);
  };
  CircaStore.prototype.putEvent = function (row) {
    putEvent.call(this, row);
    see(row.id, row.values.get(fee.circa));
  };
}

const commands: WorldCommands = {
  async start(count) {
    emulators = await startEmulators({
      links: count,
      dailyRequestLimit: forEver,
      streaming: { dailyDeliveryLimit: forEver },
    });
    const { salesforce, circa } = emulators;
    links = [...circa.circa.store.events.values()].flatMap(({ id, campaignId }) =>
      campaignId === null ? [] : [{ eventId: id, campaignId }],
    );
    requests = {
      salesforce: countRequests(salesforce.url, [salesforce.person.accessToken]),
      circa: countRequests(circa.url),
    };
    sender = webhookSender(webhookSecret);
    circa.circa.webhooks.send = (type, data) => sender.send(type, data);
    const { clientId, username, privateKeyPem, accessToken } = salesforce.integration;
    return {
      feeKey: fee.circa,
      ...{ salesforceUrl: salesforce.url, accessToken },
      signIn: { clientId, username, privateKeyPem },
      ...{ circaApi: circa.api, apiKey: circa.integration.apiKey, webhookSecret },
    };
  },
  async deliverTo(url) {
    sender.url = new URL(url);
    await addEndpoint(emulators.circa, url, webhookSecret);
  },
  async delay({ salesforceMs, perRecordMs, circaMs }) {
    await control("/delays", { delayMs: salesforceMs, perRecordDelayMs: perRecordMs });
    Object.assign(emulators.circa.circa, { delayMs: circaMs });
  },
  edit,
};

async function control(path: string, body: object): Promise<void> {
  const url = `${emulators.salesforce.url}/emulator${path}`;
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`);
}

async function edit(order: EditsOrder): Promise<EditsOutcome> {
  const { side, perSecond, edits, deadlineMs, outageMs = 0 } = order;
  if (edits > links.length) throw new Error(`${edits} edits need as many links.`);
  sender.forget();
  const sinceMs = Date.now();
  const arrivedMs: (number | undefined)[] = Array.from({ length: edits });
  const startMs = performance.now();
  let lastMs = startMs;
  if (outageMs > 0) {
    await takeDown();
    setTimeout(() => void control("/faults", { clear: true }), outageMs);
  }
  await new Promise<void>((resolve) => {
    let left = edits;
    const patience = setTimeout(resolve, (edits / perSecond) * 1_000 + deadlineMs);
    const editNth = (nth: number) => {
      const link = linkAt(nth);
      const atMs = performance.now();
      const value = valueOf(side, (edited += 1));
      awaited.set(side === "circa" ? link.campaignId : link.eventId, {
        value,
        arrive() {
          lastMs = performance.now();
          arrivedMs[nth] = lastMs - atMs;
          left -= 1;
          if (left === 0) clearTimeout(patience);
          if (left === 0) resolve();
        },
      });
      if (side === "circa") editInCirca(link.eventId, value);
      else void editInSalesforce(link.campaignId, value);
    };
    atRate(perSecond, edits, editNth);
  });
  const lost = awaited.size;
  awaited.clear();
  // The last calls follow the last arrival: Circa's sync state, Salesforce's screens.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  return {
    arrivedMs: arrivedMs.filter((ms) => ms !== undefined),
    acknowledgedMs: sender.acknowledgedMs,
    refused: sender.refused,
    lost,
    tookMs: lastMs - startMs,
    salesforceCalls: requests.salesforce.since(sinceMs),
    circaCalls: requests.circa.since(sinceMs),
  };
}

/** Calls `each` at its time; late ones at once, so that a busy moment takes none away. */
function atRate(perSecond: number, count: number, each: (nth: number) => void): void {
  const startMs = performance.now();
  let next = 0;
  const round = () => {
    const due = Math.min(
      count,
      Math.floor(((performance.now() - startMs) * perSecond) / 1_000) + 1,
    );
    while (next < due) each(next++);
    if (next < count) setTimeout(round, 1);
  };
  round();
}

function linkAt(nth: number): Link {
  const link = links[nth];
  if (link === undefined) throw new Error(`There is no link ${nth}.`);
  return link;
}

const valueOf = (side: Side, nth: number) => (side === "circa" ? `Hall ${nth}` : 1_000 + nth);

function editInCirca(eventId: string, value: unknown): void {
  const { circa } = emulators.circa;
  const event = circa.store.events.get(eventId);
  if (event === undefined) throw new Error(`There is no Event ${eventId}.`);
  editEvent(circa, event, { [location.circa]: value }, { actor: circa.actors.person });
}

async function editInSalesforce(campaignId: string, value: unknown): Promise<void> {
  const { url, person, apiVersion } = emulators.salesforce;
  const answer = await fetch(
    `${url}/services/data/v${apiVersion}/sobjects/Campaign/${campaignId}`,
    {
      method: "PATCH",
      headers: {
        authorization: `Bearer ${person.accessToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ [fee.campaign]: value }),
    },
  );
  if (!answer.ok) throw new Error(`A person's edit: HTTP ${answer.status} ${await answer.text()}`);
}

async function takeDown(): Promise<void> {
  await control("/faults", {
    faults: [
      { name: "unavailable", times: forEver },
      { name: "respond", status: 503, body: "down", contentType: "text/plain", times: forEver },
      { name: "killSockets" },
    ],
  });
}

process.on("message", (message) => {
  const { id, command, argument } = message as WorldRequest;
  const run = commands[command].bind(commands) as (given: unknown) => Promise<unknown>;
  void run(argument).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));
