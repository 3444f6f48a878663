/** Before a mapping is saved: on how many Events it would overwrite what people have entered. */
import { checkMappings } from "../sync/mappings/check-mappings.ts";
import type { MappingRow } from "../model/admin-rows.ts";
import { z } from "zod";
import type { Database } from "../store/database/database.ts";
import { eventSnapshots } from "../store/intake/event-snapshots.ts";
import { directions } from "../model/fields.ts";
import { type Mapping } from "../sync/mappings/mapping.ts";
import type { ActiveMappings } from "../sync/mappings/active-mappings.ts";
import { planLink } from "../sync/plan/plan.ts";
import type { UserDirectory } from "../sync/read/users.ts";
import { isBlankSource } from "../sync/values/blank.ts";
import { campaignPageSize } from "../systems/salesforce/campaigns/campaign-pages.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";
import type { Campaign } from "../model/records.ts";

/** Values of one `IN (…)` in our own store. */
const chunkSize = 500;

/** What `preview_requested` carries. */
const previewSchema = z.object({
  rows: z
    .array(
      z.object({
        rowKey: z.string(),
        circaFieldKey: z.string(),
        campaignField: z.string(),
        direction: z
          .string()
          .transform((text) => text.toLowerCase())
          .pipe(z.enum(directions)),
        recordType: z.string().nullish(),
      }),
    )
    .max(500),
});
type PreviewRow = z.infer<typeof previewSchema>["rows"][number];

export interface PreviewParts {
  readonly database: Database;
  readonly salesforce: SalesforceClient;
  readonly mappings: ActiveMappings;
  readonly users: UserDirectory;
}

export interface Preview {
  /** `events` is null where the row can't work as it is. */
  readonly rows: readonly { readonly rowKey: string; readonly events: number | null }[];
  /** Why nothing could be counted; null when it could. */
  readonly message: string | null;
}

/** @throws SystemError when Salesforce can't be read */
export async function countOverwritten(parts: PreviewParts, request: unknown): Promise<Preview> {
  const parsed = previewSchema.safeParse(request);
  if (!parsed.success) return { rows: [], message: "The request could not be read." };
  const wanted = await mappingsOf(parts, parsed.data.rows);
  const counts = new Map<Mapping, number>(
    wanted.flatMap(({ mapping }) => (mapping === null ? [] : [[mapping, 0] as const])),
  );
  if (counts.size > 0) await count(parts, counts);
  return {
    rows: wanted.map(({ rowKey, mapping }) => ({
      rowKey,
      events: mapping === null ? null : (counts.get(mapping) ?? 0),
    })),
    message: null,
  };
}

/** Each row by itself: whether they get along is for the mapping page to say. */
async function mappingsOf({ salesforce, mappings }: PreviewParts, rows: readonly PreviewRow[]) {
  const { circaFields, recordTypes } = await mappings.current();
  const described = await salesforce.describeCampaign();
  const types = await recordTypes.byName(rows.flatMap(({ recordType }) => recordType ?? []));
  return rows.map((row) => {
    const checked = checkMappings([toMappingRow(row)], circaFields, described, new Set(), types);
    return { rowKey: row.rowKey, mapping: checked.mappings[0] ?? null };
  });
}

/** As if each mapping met each link for the first time, which is what saving it brings about. */
async function count(parts: PreviewParts, counts: Map<Mapping, number>): Promise<void> {
  const { database, salesforce, mappings, users } = parts;
  const all = [...counts.keys()];
  const fields = [...new Set(all.map(({ campaign }) => campaign.name))];
  const { recordTypes } = await mappings.current();
  let page: readonly Campaign[];
  let last = "";
  do {
    page = await salesforce.linkedCampaigns(last, fields);
    last = page.at(-1)?.id ?? last;
    for (let start = 0; start < page.length; start += chunkSize) {
      const campaigns = page.slice(start, start + chunkSize);
      const seen = await eventSnapshots(
        database.query,
        campaigns.flatMap(({ eventId }) => eventId ?? []),
      );
      const pairs = campaigns.flatMap((campaign) => {
        const event = seen.get(campaign.eventId ?? "")?.event ?? null;
        return event === null ? [] : [{ event, campaign }];
      });
      const lookup = await users.lookup(pairs, all);
      const offered = await recordTypes.lookup(campaigns);
      for (const { event, campaign } of pairs) {
        const context = { timeZone: event.timeZone, ...lookup };
        const plan = planLink({
          mappings: all,
          event,
          campaign,
          initialised: new Set(),
          baseline: {},
          context,
          recordTypes: offered,
        });
        for (const { target, mapping, oldValue } of plan.changes) {
          if (target !== "event") continue;
          // A blank that is filled loses nothing.
          const { conversion } = mapping;
          if (isBlankSource(oldValue, conversion.toCampaign(oldValue, context))) continue;
          counts.set(mapping, (counts.get(mapping) ?? 0) + 1);
        }
      }
    }
  } while (page.length >= campaignPageSize);
}

function toMappingRow(row: PreviewRow): MappingRow {
  return {
    developerName: row.rowKey,
    label: row.rowKey,
    circaFieldKey: row.circaFieldKey,
    campaignField: row.campaignField,
    direction: row.direction,
    blankRule: "copy",
    recordType: row.recordType ?? null,
    active: true,
  };
}
