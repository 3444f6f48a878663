/** Salesforce's half of the sweep: connected Campaigns that moved, were let go of, or deleted. */
import { eventSubject, signal } from "../jobs/due-links.ts";
import { readCheckpoint, writeCheckpoint } from "../jobs/storage/checkpoints.ts";
import { eventsSeen } from "../jobs/storage/events-seen.ts";
import { metMappings } from "../jobs/storage/first-contacts.ts";
import { eventIdsOfCampaigns, linksOfEvents } from "../jobs/storage/links.ts";
import { valueRemovedCode } from "../sync/choice-problems.ts";
import { planLink, type LinkPlan } from "../sync/plan.ts";
import type { Campaign } from "../sync/records.ts";
import { overlapMs, type Swept, type SweepParts } from "./sweep-parts.ts";

/** Values of one `IN (…)` in our own store. */
const chunkSize = 500;

/** Compares what moved since the checkpoint and signals what differs. */
export async function sweepCampaigns(parts: SweepParts): Promise<Swept> {
  const { database, connection, clock, salesforce, mappings, atStep } = parts;
  const checkpoint = await readCheckpoint(database.query, connection, "sweep_salesforce");
  const reached = Number(checkpoint ?? 0);
  const since = Math.max(0, reached - overlapMs);
  const { campaignFields } = await mappings.current();
  let newest = reached;
  let read = 0;
  let missed = 0;
  for await (const page of salesforce.changedCampaigns(since, campaignFields)) {
    for (let start = 0; start < page.length; start += chunkSize) {
      const campaigns = page.slice(start, start + chunkSize);
      missed += await signalDifferent(parts, campaigns);
      atStep("sweep_campaigns_signalled");
      read += campaigns.length;
    }
    newest = Math.max(newest, ...page.map((campaign) => campaign.modifiedAt));
  }
  if (checkpoint !== null) missed += await signalGone(parts, since);
  atStep("sweep_gone_signalled");
  await database.write((trx) =>
    writeCheckpoint(trx, connection, "sweep_salesforce", String(newest), clock.now()),
  );
  atStep("sweep_salesforce_reached");
  // Before the first pass nothing was known, so nothing was missed.
  return { read, missed: checkpoint === null ? 0 : missed };
}

/** @returns how many of them differ from their Event without being due already */
async function signalDifferent(parts: SweepParts, campaigns: readonly Campaign[]): Promise<number> {
  const { database, connection, mappings: inForce, users } = parts;
  const { mappings, recordTypes } = await inForce.current();
  const eventIds = campaigns.map((campaign) => campaign.eventId ?? "");
  const [events, links, met] = await Promise.all([
    eventsSeen(database.query, connection, eventIds),
    linksOfEvents(database.query, connection, eventIds),
    metMappings(database.query, connection, eventIds),
  ]);
  const pairs = campaigns.map((campaign, index) => ({
    campaign,
    eventId: eventIds[index] ?? "",
    event: events.get(eventIds[index] ?? "")?.event ?? null,
  }));
  const known = pairs.flatMap(({ event, campaign }) =>
    event === null ? [] : [{ event, campaign }],
  );
  const lookup = await users.lookup(known, mappings);
  const offered = await recordTypes.lookup(known.map(({ campaign }) => campaign));
  const different = pairs.filter(({ event, campaign, eventId }) => {
    const link = links.get(eventId);
    if (event === null || link?.campaignId !== campaign.id) return true;
    const plan = planLink({
      mappings,
      event,
      campaign,
      met: met.get(eventId)?.mappings ?? new Set(),
      agreed: link.agreed,
      context: { timeZone: event.timeZone, ...lookup },
      recordTypes: offered,
    });
    return plan.changes.length > 0 || plan.firstContacts.length > 0 || isNewlyWrong(plan);
  });
  return signalEvents(
    parts,
    different.map(({ eventId }) => eventId),
  );
}

/** A value can become wrong by a field that is not mapped, such as the one it depends on. */
function isNewlyWrong({ problems }: LinkPlan): boolean {
  return problems.some(({ code }) => code !== valueRemovedCode);
}

/** Campaigns of known links that no longer name an Event, or are no longer there. */
async function signalGone(parts: SweepParts, sinceMs: number): Promise<number> {
  const { database, connection, salesforce } = parts;
  const ids = [
    ...(await salesforce.disconnectedCampaignIds(sinceMs)),
    ...(await salesforce.deletedCampaignIds(sinceMs)),
  ];
  let missed = 0;
  for (let start = 0; start < ids.length; start += chunkSize) {
    const chunk = ids.slice(start, start + chunkSize);
    const known = await eventIdsOfCampaigns(database.query, connection, chunk);
    missed += await signalEvents(parts, [...known.values()]);
  }
  return missed;
}

async function signalEvents(parts: SweepParts, eventIds: readonly string[]): Promise<number> {
  if (eventIds.length === 0) return 0;
  const { database, connection, clock } = parts;
  const subjects = eventIds.map(eventSubject);
  return database.write(async (trx) => {
    const due = await trx
      .selectFrom("due_links")
      .select("subject")
      .where("connection", "=", connection)
      .where("subject", "in", subjects)
      .execute();
    await signal(trx, connection, subjects, "sweep", clock.now());
    return subjects.length - due.length;
  });
}
