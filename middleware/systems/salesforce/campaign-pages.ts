/**
 * Campaigns page by page, by keyset: each page is a query of its own that starts after the last
 * row of the one before, so rows that change meanwhile come again rather than being missed, and a
 * reader can go on from any page later.
 */
import { z } from "zod";
import type { Campaign } from "../../sync/records.ts";
import type { PackageNames } from "./names.ts";
import { toCampaign } from "./schemas.ts";
import { literal } from "./soql.ts";

/** Rows of a page: what one answer of a query holds at most. */
export const campaignPageSize = 2_000;

/** Where a reader of moved Campaigns is: at the row with this stamp and Id. */
export interface MovedPosition {
  /** Milliseconds since the epoch, in whole seconds. */
  readonly modifiedAt: number;
  /** null: before every row of that second. */
  readonly id: string | null;
}

export interface MovedCampaign extends Campaign {
  /** In the recycle bin. */
  readonly deleted: boolean;
}

export interface CampaignPages {
  /**
   * The next Campaigns after `from` by SystemModstamp: connected ones, those that may have been let
   * go of, and deleted ones, all in one query. A page shorter than `campaignPageSize` is the last.
   */
  movedCampaigns(from: MovedPosition, fields: readonly string[]): Promise<readonly MovedCampaign[]>;
  /** The next connected Campaigns by Id, after `afterId`; blank: the first ones. */
  linkedCampaigns(afterId: string, fields: readonly string[]): Promise<readonly Campaign[]>;
  /** The SOQL of all connected Campaigns. */
  linkedCampaignsQuery(fields: readonly string[]): string;
  /** A Campaign from the values of its fields by API name, as REST gives them. */
  campaignOf(values: Readonly<Record<string, unknown>>): Campaign;
}

export function campaignPages(
  queryAll: (action: string, soql: string, withDeleted?: boolean) => Promise<unknown[]>,
  names: PackageNames,
): CampaignPages {
  return {
    async movedCampaigns({ modifiedAt, id }, fields) {
      const stamp = new Date(modifiedAt).toISOString();
      const after =
        id === null
          ? `SystemModstamp >= ${stamp}`
          : `SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > ${literal(id)})`;
      const order = ` ORDER BY SystemModstamp, Id LIMIT ${campaignPageSize}`;
      const soql = selectCampaigns(names, ["IsDeleted", ...fields], after, order);
      const rows = await queryAll("reading changed Campaigns", soql, true);
      return rows.map((row) => ({ ...toCampaign(row, names), deleted: isDeleted(row) }));
    },

    async linkedCampaigns(afterId, fields) {
      const after = afterId === "" ? "" : ` AND Id > ${literal(afterId)}`;
      const where = `${names.eventId} != null${after}`;
      const soql = selectCampaigns(names, fields, where, ` ORDER BY Id LIMIT ${campaignPageSize}`);
      const rows = await queryAll("reading connected Campaigns", soql);
      return rows.map((row) => toCampaign(row, names));
    },

    linkedCampaignsQuery: (fields) => selectCampaigns(names, fields, `${names.eventId} != null`),
    campaignOf: (values) => toCampaign(values, names),
  };
}

/** What is always read of a Campaign, and `fields`. */
export function selectCampaigns(
  names: PackageNames,
  fields: readonly string[],
  where: string,
  rest = "",
): string {
  const columns = ["Id", "Name", "SystemModstamp", names.eventId, ...fields];
  return `SELECT ${[...new Set(columns)].join(", ")} FROM Campaign WHERE ${where}${rest}`;
}

function isDeleted(row: unknown): boolean {
  return z.looseObject({ IsDeleted: z.boolean() }).parse(row).IsDeleted;
}
