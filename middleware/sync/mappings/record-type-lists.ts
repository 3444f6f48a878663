/** What Campaign's record types offer: read when first asked for, kept as long as the mappings. */
import type { RecordTypesByName } from "./mapping-rejections.ts";
import { describeError, passingKinds, SystemError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { SalesforceClient } from "../../systems/salesforce/client.ts";
import type { RecordTypeList } from "../../model/picklists.ts";
import type { Campaign } from "../../model/records.ts";

/** What a record type offers; null when Salesforce doesn't say. */
export type RecordTypeLookup = (
  recordTypeId: string,
) => { readonly label: string; readonly list: RecordTypeList } | null;

export interface RecordTypeLists {
  /**
   * Those that mappings name, as far as they exist.
   * @throws SystemError when Salesforce can't be reached
   */
  byName(names: readonly string[]): Promise<RecordTypesByName>;
  /**
   * Answers about the record types of these Campaigns.
   * @throws SystemError when Salesforce can't be reached
   */
  lookup(campaigns: readonly Pick<Campaign, "recordTypeId">[]): Promise<RecordTypeLookup>;
}

export function createRecordTypeLists(
  salesforce: Pick<SalesforceClient, "recordTypes" | "recordTypeList">,
  log: Log,
): RecordTypeLists {
  const types = remember(async () => {
    const found = await unlessRefused(salesforce.recordTypes(), (reason) =>
      log.warn({ error: reason }, "the record types of Campaign can't be read"),
    );
    return found ?? [];
  });
  const lists = new Map<string, () => Promise<RecordTypeList | null>>();

  const listOf = (id: string): Promise<RecordTypeList | null> => {
    const list = lists.get(id) ?? remember(() => readList(id));
    lists.set(id, list);
    return list();
  };
  const readList = (id: string): Promise<RecordTypeList | null> =>
    unlessRefused(salesforce.recordTypeList(id), (reason) =>
      log.warn(
        { recordType: id, error: reason },
        "a record type's picklist values can't be read; Salesforce alone judges them",
      ),
    );

  return {
    async byName(names) {
      const byName = new Map<string, RecordTypeList | null>();
      const wanted = new Set(names.map((name) => name.toLowerCase()));
      if (wanted.size === 0) return byName;
      for (const { id, developerName } of await types()) {
        const name = developerName.toLowerCase();
        if (wanted.has(name)) byName.set(name, await listOf(id));
      }
      return byName;
    },

    async lookup(campaigns) {
      const ids = new Set(campaigns.flatMap(({ recordTypeId }) => recordTypeId ?? []));
      if (ids.size === 0) return () => null;
      const labels = new Map((await types()).map(({ id, label }) => [id, label]));
      const found = new Map<string, { label: string; list: RecordTypeList }>();
      for (const id of ids) {
        const list = await listOf(id);
        if (list !== null) found.set(id, { label: labels.get(id) ?? id, list });
      }
      return (id) => found.get(id) ?? null;
    },
  };
}

/** null where asking again would bring the same: no access, or an answer that we don't know. */
async function unlessRefused<Value>(
  answer: Promise<Value>,
  onRefusal: (reason: string) => void,
): Promise<Value | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SystemError && passingKinds.has(error.kind)) throw error;
    onRefusal(describeError(error));
    return null;
  }
}

/** Reads once; a failure is not remembered. */
function remember<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | null = null;
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
}
