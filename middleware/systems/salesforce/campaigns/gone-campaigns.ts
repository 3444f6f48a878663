/** Whether Campaigns that an answer lacked are really gone: two signs have to agree. */
import { z } from "zod";
import type { CompositeBatcher } from "../connection/composite-batcher.ts";
import { literal } from "../connection/soql.ts";

export interface GoneCampaigns {
  /**
   * Of these Campaigns, those that are gone or hidden for good. Signs are: the recycle bin has it
   * (queryAll); a query that names others does not name it; its own 404 in Salesforce's form.
   * @param ids at most 200
   * @param others Campaigns that are there, asked for along with them
   * @throws SystemError
   */
  campaignsGone(ids: readonly string[], others: readonly string[]): Promise<ReadonlySet<string>>;
}

const rowSchema = z.looseObject({ Id: z.string(), IsDeleted: z.boolean() });
const refusalSchema = z.array(z.looseObject({ errorCode: z.string(), message: z.string() })).min(1);
/** REST API Developer Guide, "Status Codes and Error Responses". */
const absentCodes: ReadonlySet<string> = new Set(["NOT_FOUND", "ENTITY_IS_DELETED"]);

export function goneCampaigns(
  queryAll: (action: string, soql: string, withDeleted?: boolean) => Promise<unknown[]>,
  together: Pick<CompositeBatcher, "get">,
): GoneCampaigns {
  const action = "looking for Campaigns that seem deleted";
  const isAbsent = async (id: string) => {
    const { status, body } = await together.get(action, `/sobjects/Campaign/${id}?fields=Id`, {});
    const refusals = refusalSchema.safeParse(body);
    return (
      status === 404 &&
      refusals.success &&
      refusals.data.every(({ errorCode }) => absentCodes.has(errorCode))
    );
  };
  return {
    async campaignsGone(ids, others) {
      const soql = `SELECT Id, IsDeleted FROM Campaign WHERE Id IN (${[...ids, ...others].map(literal).join(", ")})`;
      const rows = (await queryAll(action, soql, true)).map((row) => rowSchema.parse(row));
      const here = new Set(rows.filter((row) => !row.IsDeleted).map((row) => row.Id));
      const binned = new Set(rows.filter((row) => row.IsDeleted).map((row) => row.Id));
      const namesOthers = others.some((id) => here.has(id));
      const signs = await Promise.all(
        ids.map(async (id) => {
          if (here.has(id)) return 0;
          const found = (binned.has(id) ? 1 : 0) + (namesOthers ? 1 : 0);
          return found === 1 && (await isAbsent(id)) ? 2 : found;
        }),
      );
      return new Set(ids.filter((_, nth) => (signs[nth] ?? 0) > 1));
    },
  };
}
