import { onError, subscribe, unsubscribe } from "lightning/empApi";
import EVENT_ID_FIELD from "@salesforce/schema/Campaign.Circa_Event_Id__c";

/** The package's namespace as a prefix, as in `circa__`; empty without one. */
const prefix = EVENT_ID_FIELD.fieldApiName.replace("Circa_Event_Id__c", "");
const channel = `/event/${prefix}Circa_Sync_Answer__e`;

/** Ids come with 15 or with 18 characters; other request ids are longer than both. */
const keyOf = (kind, requestId) =>
  `${kind} ${requestId.length === 18 ? requestId.slice(0, 15) : requestId}`;

/**
 * Answers of the service and ends of deployments, from when it is opened. Who has no Streaming API
 * gets none: every caller has another way to learn the same.
 */
export class AnswerBox {
  answers = new Map();
  waiting = new Map();

  open() {
    onError(() => undefined);
    this.subscribed = subscribe(channel, -1, ({ data }) => this.take(data.payload)).catch(
      () => undefined,
    );
  }

  close() {
    this.subscribed?.then(
      (subscription) => subscription && unsubscribe(subscription, () => undefined),
    );
  }

  /**
   * Waits for an answer that may be here already.
   * @returns its body; null when none came in time
   */
  wait(kind, requestId, timeoutMs) {
    const key = keyOf(kind, requestId);
    if (this.answers.has(key)) return Promise.resolve(this.answers.get(key));
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(key);
        resolve(null);
      }, timeoutMs);
      this.waiting.set(key, (body) => {
        clearTimeout(timer);
        resolve(body);
      });
    });
  }

  take(payload) {
    const requestId = payload[`${prefix}Request_Id__c`];
    if (!requestId) return;
    const key = keyOf(payload[`${prefix}Kind__c`], requestId);
    const body = JSON.parse(payload[`${prefix}Body__c`] ?? "{}");
    this.answers.set(key, body);
    this.waiting.get(key)?.(body);
    this.waiting.delete(key);
  }
}
