/** What Campaign's record types offer: read when first asked for, kept as long as the mappings. */
import { describeError, SystemError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";
import type { RecordTypeLookup } from "./check-choices.ts";
import type { RecordTypesByName } from "./mapping.ts";
import type { RecordTypeList } from "./picklists.ts";
import type { Campaign } from "./records.ts";

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
  const types = remember(() => salesforce.recordTypes());
  const lists = new Map<string, () => Promise<RecordTypeList | null>>();

  const listOf = (id: string): Promise<RecordTypeList | null> => {
    const list = lists.get(id) ?? remember(() => readList(id));
    lists.set(id, list);
    return list();
  };
  const readList = async (id: string): Promise<RecordTypeList | null> => {
    try {
      return await salesforce.recordTypeList(id);
    } catch (error) {
      if (!(error instanceof SystemError) || !isRefusal(error)) throw error;
      log.warn(
        { recordType: id, error: describeError(error) },
        "a record type's picklist values can't be read; Salesforce alone judges them",
      );
      return null;
    }
  };

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

/** Asking again would bring the same answer. */
function isRefusal({ kind }: SystemError): boolean {
  return kind === "not_found" || kind === "rejected" || kind === "configuration";
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
