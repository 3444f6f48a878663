/** People who edit on both sides, and what each field holds since the last edit: the oracle. */
import { z } from "zod";
import { customFieldKey, type CustomCampaignField } from "../../emulators/seed/custom-fields.ts";
import { createRandom } from "../../simulation/engine/random.ts";
import { fromCirca, toCirca, type Neutral, type SimField } from "../../simulation/fields.ts";
import { ownerOf, type Side } from "../../simulation/oracle/ownership.ts";
import { inventEdit, inventValue } from "../../simulation/people/values.ts";
import type { World } from "./world.ts";

/** Edited on the side that owns it; has to arrive on the other. */
export interface EditedField extends SimField {
  readonly direction: NonNullable<SimField["direction"]>;
}

export interface Pair {
  readonly eventId: string;
  readonly campaignId: string;
}

export interface People {
  readonly pairs: readonly Pair[];
  readonly fields: readonly EditedField[];
  /** What was set last: by Event id, then by key in Circa. */
  readonly oracle: ReadonlyMap<string, ReadonlyMap<string, Neutral>>;
  /**
   * One edit somewhere, by a free person; both directions alternate. Resolves when the
   * system has taken it.
   */
  editOnce(): Promise<void>;
  /** Edits that a system has taken, on each side. */
  taken(): Readonly<Record<Side, number>>;
}

/** Never blank, and of kinds with many values: each edit's can be told from all others. */
const shape = { required: true, length: 255 };
const customField = (
  campaign: CustomCampaignField,
  kind: EditedField["kind"],
  direction: EditedField["direction"],
): EditedField => {
  const key = customFieldKey(campaign);
  return { ...shape, key, id: key, custom: true, campaign, kind, direction };
};
const fields: readonly EditedField[] = [
  {
    ...shape,
    ...{ key: "location", id: "location", custom: false, campaign: "Circa_Location__c" },
    ...{ kind: "text", direction: "to_salesforce" },
  },
  customField("Agenda__c", "text", "to_salesforce"),
  customField("Sponsorship_Fee__c", "number", "from_salesforce"),
  customField("Follow_Up_Due__c", "date", "from_salesforce"),
];
const style = { options: [], maybeTooLong: false };

const eventSchema = z.looseObject({
  id: z.string(),
  salesforce_campaign_id: z.string().nullish(),
  custom_fields: z.record(z.string(), z.unknown()),
});
const eventsSchema = z.object({ data: z.array(eventSchema) });

/** What an Event of Circa's has in a field. */
export const valueOfEvent = (
  event: { readonly [key: string]: unknown; readonly custom_fields: Record<string, unknown> },
  { key, custom, kind }: EditedField,
): Neutral => fromCirca(kind, custom ? event.custom_fields[key] : event[key]);

export async function findPeople({ circa, salesforce }: World, seed: number): Promise<People> {
  const random = createRandom(seed);
  const pairs: Pair[] = [];
  /** Values that a place has had. */
  const given = new Set<string>();
  const placed = (eventId: string, { key }: EditedField, value: Neutral) =>
    `${eventId} ${key} = ${JSON.stringify(value)}`;
  for (let page = 1; ; page += 1) {
    const url = `${circa.api}/events?page=${page}`;
    const { data } = eventsSchema.parse(await send(url, circa.person.apiKey, "GET"));
    for (const event of data) {
      const { id, salesforce_campaign_id: campaignId } = event;
      if (typeof campaignId !== "string") continue;
      pairs.push({ eventId: id, campaignId });
      for (const field of fields) given.add(placed(id, field, valueOfEvent(event, field)));
    }
    if (data.length < 25) break;
  }

  const oracle = new Map<string, Map<string, Neutral>>();
  const taken = { circa: 0, salesforce: 0 };
  const editing = new Set<string>();
  let edits = 0;
  const base = `${salesforce.url}/services/data/v${salesforce.apiVersion}/sobjects/Campaign`;

  /** Two edits of one record at once would leave open which of them was the last. */
  const pickFree = (side: Side): Pair | undefined => {
    const first = random.between(0, pairs.length - 1);
    const inTurn = [...pairs.slice(first), ...pairs.slice(0, first)];
    return inTurn.find(({ eventId }) => !editing.has(side + eventId));
  };
  const inventFresh = (side: Side, eventId: string) => {
    const own = fields.filter(({ direction }) => ownerOf(direction) === side);
    for (;;) {
      const edit = inventEdit(random, own, (field) => inventValue(random, field, style));
      const places = [...edit].map(([field, value]) => placed(eventId, field, value));
      if (places.some((place) => given.has(place))) continue;
      for (const place of places) given.add(place);
      return edit;
    }
  };
  return {
    pairs,
    fields,
    oracle,
    taken: () => taken,
    async editOnce() {
      edits += 1;
      const side = edits % 2 === 0 ? "circa" : "salesforce";
      const pair = pickFree(side);
      if (pair === undefined) return;
      const { eventId, campaignId } = pair;
      const edit = [...inventFresh(side, eventId)];
      const named = (chosen: typeof edit) =>
        Object.fromEntries(chosen.map(([{ key, kind }, value]) => [key, toCirca(kind, value)]));
      editing.add(side + eventId);
      try {
        if (side === "circa") {
          await send(`${circa.api}/events/${eventId}`, circa.person.apiKey, "PATCH", {
            ...named(edit.filter(([{ custom }]) => !custom)),
            custom_fields: named(edit.filter(([{ custom }]) => custom)),
          });
        } else {
          const values = Object.fromEntries(edit.map(([{ campaign }, value]) => [campaign, value]));
          await send(`${base}/${campaignId}`, salesforce.person.accessToken, "PATCH", values);
        }
        const set = oracle.get(eventId) ?? new Map<string, Neutral>();
        for (const [{ key }, value] of edit) set.set(key, value);
        oracle.set(eventId, set);
        taken[side] += 1;
      } finally {
        editing.delete(side + eventId);
      }
    },
  };
}

/** @throws when it is refused */
export async function send(
  url: string,
  token: string,
  method: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: HTTP ${answer.status}: ${text}`);
  return text === "" ? null : (JSON.parse(text) as unknown);
}
