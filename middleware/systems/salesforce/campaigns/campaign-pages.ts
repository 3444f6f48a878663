/**
 * Campaigns page by page, by keyset: each page is a query of its own that starts after the last
 * row of the one before, so rows that change meanwhile come again rather than being missed, and a
 * reader can go on from any page later.
 */
import { z } from "zod";
import type { Campaign } from "../../../model/records.ts";
import type { PackageNames } from "../connection/names.ts";
import { toCampaign } from "./schemas.ts";
import type { ListedQueries } from "./listed-query.ts";
import { literal } from "../connection/soql.ts";

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
  { page }: Pick<ListedQueries, "page">,
  names: PackageNames,
): CampaignPages {
  return {
    async movedCampaigns({ modifiedAt, id }, fields) {
      const stamp = new Date(modifiedAt).toISOString();
      const after =
        id === null
          ? `SystemModstamp >= ${stamp}`
          : `SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > ${literal(id)})`;
      const rows = await page({
        action: "reading changed Campaigns",
        object: "Campaign",
        columns: campaignColumns(names, ["IsDeleted", ...fields]),
        rest: `WHERE ${after} ORDER BY SystemModstamp, Id LIMIT ${campaignPageSize}`,
        withDeleted: true,
      });
      return rows.map((row) => ({ ...toCampaign(row, names), deleted: isDeleted(row) }));
    },

    async linkedCampaigns(afterId, fields) {
      const after = afterId === "" ? "" : ` AND Id > ${literal(afterId)}`;
      const rows = await page({
        action: "reading connected Campaigns",
        object: "Campaign",
        columns: campaignColumns(names, fields),
        rest: `WHERE ${names.eventId} != null${after} ORDER BY Id LIMIT ${campaignPageSize}`,
      });
      return rows.map((row) => toCampaign(row, names));
    },

    linkedCampaignsQuery: (fields) =>
      `SELECT ${campaignColumns(names, fields).join(", ")} FROM Campaign WHERE ${names.eventId} != null`,
    campaignOf: (values) => toCampaign(values, names),
  };
}

/** What is always read of a Campaign, and `fields`. */
export function campaignColumns(names: PackageNames, fields: readonly string[]): string[] {
  return [...new Set(["Id", "Name", "SystemModstamp", names.eventId, ...fields])];
}

function isDeleted(row: unknown): boolean {
  return z.looseObject({ IsDeleted: z.boolean() }).parse(row).IsDeleted;
}
