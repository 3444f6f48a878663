/** Looks at what the run has left: both sides against the oracle, the history, the store. */
import { z } from "zod";
import { changesAfter, type Change } from "../../middleware/store/history/history.ts";
import { openDatabase, type Database } from "../../middleware/store/database/database.ts";
import { fromCampaign, type Neutral } from "../../simulation/fields.ts";
import { judgeByOwner } from "../../simulation/oracle/ownership.ts";
import { send, valueOfEvent, type People } from "./people.ts";
import type { World } from "./world.ts";

/** A field that is not as people left it. */
export interface Difference {
  readonly eventId: string;
  readonly field: string;
  /** `lost`: the owning side alone has what was set last; `overwritten`: not even that one. */
  readonly kind: "lost" | "overwritten";
  /** null: anything that is the same on both sides. */
  readonly wanted: Neutral;
  readonly event: Neutral;
  readonly campaign: Neutral;
}

export interface Leftovers {
  readonly differences: readonly Difference[];
  /** Values that people set last and that the history does not tell. */
  readonly untold: readonly string[];
  /** Changes that the history tells more than once. */
  readonly doubled: readonly string[];
  /** Changes whose old value is not the new value of the one before. */
  readonly gaps: readonly string[];
  /** Rows of the store that wait for nothing any more. */
  readonly stuck: readonly string[];
  readonly changes: number;
  /** Those that were made while there were faults. */
  readonly changesUnderFaults: number;
}

const eventSchema = z.object({
  data: z.looseObject({ custom_fields: z.record(z.string(), z.unknown()) }),
});
const bareEventSchema = z.looseObject({ custom_fields: z.record(z.string(), z.unknown()) });
const campaignSchema = z.record(z.string(), z.unknown());

/** @throws when one of the systems can't be read */
export async function findDifferences(
  { circa, salesforce }: World,
  { pairs, fields, oracle }: People,
): Promise<Difference[]> {
  const rest = `${salesforce.url}/services/data/v${salesforce.apiVersion}/sobjects/Campaign`;
  const differences: Difference[] = [];
  for (const { eventId, campaignId } of pairs) {
    const answer = await send(`${circa.api}/events/${eventId}`, circa.person.apiKey, "GET");
    const wrapped = eventSchema.safeParse(answer);
    const event = wrapped.success ? wrapped.data.data : bareEventSchema.parse(answer);
    const campaign = campaignSchema.parse(
      await send(`${rest}/${campaignId}`, salesforce.person.accessToken, "GET"),
    );
    for (const field of fields) {
      const circa = plain(valueOfEvent(event, field));
      const salesforce = plain(fromCampaign(field.kind, campaign[field.campaign]));
      const wanted = oracle.get(eventId)?.get(field.key) ?? null;
      const allowed = wanted === null ? null : new Set([wanted]);
      const judgement = judgeByOwner(field.direction, { circa, salesforce }, allowed);
      if (!judgement.isOverwritten && !judgement.isApart) continue;
      const kind = judgement.isOverwritten ? "overwritten" : "lost";
      const values = { wanted, event: circa, campaign: salesforce };
      differences.push({ eventId, field: field.campaign, kind, ...values });
    }
  }
  return differences;
}

/** Salesforce keeps line ends of long texts its own way. */
function plain(value: Neutral): Neutral {
  return typeof value === "string" ? value.replaceAll("\r\n", "\n") : value;
}

/**
 * @param faultsEndedAt milliseconds since the epoch
 * @throws ConfigurationError when the store can't be opened
 */
export async function findLeftovers(
  world: World,
  people: People,
  faultsEndedAt: number,
): Promise<Omit<Leftovers, "differences">> {
  const database = await openDatabase(world.storage());
  try {
    const history = await readHistory(database);
    const changesUnderFaults = history.filter(({ at }) => at <= faultsEndedAt).length;
    const stuck = await findStuck(database);
    return { ...judgeHistory(history, people), changesUnderFaults, stuck };
  } finally {
    await database.close();
  }
}

async function readHistory({ query }: Database): Promise<Change[]> {
  const all: (Change & { id: number })[] = [];
  for (;;) {
    const afterId = all.at(-1)?.id ?? 0;
    const page = await changesAfter(query, { afterId, limit: 1_000 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}

function judgeHistory(history: readonly Change[], { fields, oracle }: People) {
  const edited = new Set(fields.map(({ key }) => key));
  const counts = new Map<string, number>();
  const last = new Map<string, unknown>();
  const gaps: string[] = [];
  for (const { eventId, fieldKey, oldValue, newValue } of history) {
    if (!edited.has(fieldKey)) continue;
    const place = `${eventId} ${fieldKey}`;
    const told = `${place} = ${JSON.stringify(newValue)}`;
    counts.set(told, (counts.get(told) ?? 0) + 1);
    if (last.has(place) && JSON.stringify(last.get(place)) !== JSON.stringify(oldValue)) {
      gaps.push(`${told}: before it ${JSON.stringify(oldValue)}, told ${String(last.get(place))}`);
    }
    last.set(place, newValue);
  }
  const untold = [...oracle].flatMap(([eventId, values]) =>
    [...values]
      .map(([key, value]) => `${eventId} ${key} = ${JSON.stringify(value)}`)
      .filter((told) => !counts.has(told)),
  );
  const doubled = [...counts].filter(([, count]) => count > 1).map(([told]) => told);
  return { untold, doubled, gaps, changes: history.length };
}

async function findStuck({ query }: Database): Promise<string[]> {
  const due = await query.selectFrom("due_links").select(["subject", "last_error"]).execute();
  const intended = await query.selectFrom("pending_writes").select("link_id").execute();
  const creating = await query
    .selectFrom("event_link_history")
    .select("event_id")
    .where("creating_at", "is not", null)
    .execute();
  const problems = await query
    .selectFrom("problems")
    .select(["event_id", "code"])
    .where("closed_at", "is", null)
    .execute();
  return [
    ...due.map((row) => `due: ${row.subject} ${row.last_error ?? ""}`),
    ...intended.map((row) => `intended: ${row.link_id}`),
    ...creating.map((row) => `creating: ${row.event_id}`),
    ...problems.map((row) => `problem: ${row.event_id ?? ""} ${row.code}`),
  ];
}
