/** People who edit on both sides, and what each field holds since the last edit: the oracle. */
import { z } from "zod";
import { Chance } from "./random.ts";
import type { World } from "./world.ts";

/** A field that people edit on one side and that must arrive on the other. */
export interface EditedField {
  /** `to_salesforce`: edited on the Event. */
  readonly direction: "to_salesforce" | "from_salesforce";
  /** Key in Circa. */
  readonly circa: string;
  readonly custom: boolean;
  /** API name in Salesforce. */
  readonly campaign: string;
  /** A value that no other edit has. */
  readonly value: (nth: number) => string | number;
}

export interface Pair {
  readonly eventId: string;
  readonly campaignId: string;
}

export interface People {
  readonly pairs: readonly Pair[];
  readonly fields: readonly EditedField[];
  /** What was set last: by Event id, then by key in Circa. */
  readonly oracle: ReadonlyMap<string, ReadonlyMap<string, string | number>>;
  /**
   * One edit somewhere, by a free person; both directions alternate. Resolves when the
   * system has taken it.
   */
  editOnce(): Promise<void>;
  /** Edits that a system has taken, in each direction. */
  taken(): Readonly<Record<EditedField["direction"], number>>;
}

const firstDay = Date.UTC(2027, 0, 1);
const dayMs = 86_400_000;
const date = (nth: number) => new Date(firstDay + nth * dayMs).toISOString().slice(0, 10);

const eventsSchema = z.object({
  data: z.array(z.looseObject({ id: z.string(), salesforce_campaign_id: z.string().nullish() })),
});
const fieldsSchema = z.object({
  data: z.array(z.looseObject({ id: z.string(), label: z.string() })),
});

export async function findPeople(world: World, seed: number): Promise<People> {
  const { circa, salesforce } = world;
  const chance = new Chance(seed);
  const pairs: Pair[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = eventsSchema.parse(await call(world, "GET", `/events?page=${page}`));
    for (const { id, salesforce_campaign_id: campaignId } of data) {
      if (typeof campaignId === "string") pairs.push({ eventId: id, campaignId });
    }
    if (data.length < 25) break;
  }
  const { data: known } = fieldsSchema.parse(await call(world, "GET", "/fields?fields_for=Event"));
  const keyOf = (label: string) => known.find((field) => field.label === label)?.id ?? label;
  const fields: EditedField[] = [
    {
      direction: "to_salesforce",
      circa: "location",
      custom: false,
      campaign: "Circa_Location__c",
      value: (nth) => `Hall ${nth}`,
    },
    {
      direction: "to_salesforce",
      circa: keyOf("Agenda"),
      custom: true,
      campaign: "Agenda__c",
      value: (nth) => `Agenda ${nth}`,
    },
    {
      direction: "from_salesforce",
      circa: keyOf("Sponsorship Fee"),
      custom: true,
      campaign: "Sponsorship_Fee__c",
      value: (nth) => nth,
    },
    {
      direction: "from_salesforce",
      circa: keyOf("Follow-Up Due"),
      custom: true,
      campaign: "Follow_Up_Due__c",
      value: date,
    },
  ];

  const oracle = new Map<string, Map<string, string | number>>();
  const taken = { to_salesforce: 0, from_salesforce: 0 };
  const editing = new Set<string>();
  let edits = 0;
  const base = `${salesforce.url}/services/data/v${salesforce.apiVersion}/sobjects/Campaign`;

  /** Two edits of one record at once would leave open which of them was the last. */
  const pickFree = (direction: EditedField["direction"]): Pair | undefined => {
    const first = chance.below(pairs.length);
    const inTurn = [...pairs.slice(first), ...pairs.slice(0, first)];
    return inTurn.find(({ eventId }) => !editing.has(direction + eventId));
  };
  return {
    pairs,
    fields,
    oracle,
    taken: () => taken,
    async editOnce() {
      edits += 1;
      const nth = edits;
      const direction = nth % 2 === 0 ? "to_salesforce" : "from_salesforce";
      const own = fields.filter((field) => field.direction === direction);
      const field = own[chance.below(own.length)];
      const pair = pickFree(direction);
      if (field === undefined || pair === undefined) return;
      const value = field.value(nth);
      editing.add(direction + pair.eventId);
      try {
        if (direction === "to_salesforce") {
          const edit = field.custom
            ? { custom_fields: { [field.circa]: value } }
            : { [field.circa]: value };
          await call(world, "PATCH", `/events/${pair.eventId}`, edit);
        } else {
          await send(`${base}/${pair.campaignId}`, salesforce.person.accessToken, "PATCH", {
            [field.campaign]: value,
          });
        }
        const set = oracle.get(pair.eventId) ?? new Map<string, string | number>();
        oracle.set(pair.eventId, set.set(field.circa, value));
        taken[direction] += 1;
      } finally {
        editing.delete(direction + pair.eventId);
      }
    },
  };

  function call({ circa: side }: World, method: string, path: string, body?: object) {
    return send(side.api + path, circa.person.apiKey, method, body);
  }
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
