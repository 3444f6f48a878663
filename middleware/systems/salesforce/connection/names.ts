/** API names of the package's parts; with the namespace's prefix where it is installed with one. */
export interface PackageNames {
  readonly eventId: string;
  readonly eventUrl: string;
  readonly syncStatus: string;
  readonly lastSynced: string;
  readonly syncMessage: string;
  /** Channel of the Platform Event, `/event/…`. */
  readonly signalChannel: string;
  /** A name of the package with its prefix: `Direction__c` becomes `ns__Direction__c`. */
  readonly of: (name: string) => string;
}

/** @param namespace without underscores; null when the package has none in this org */
export function packageNames(namespace: string | null): PackageNames {
  const of = (name: string) => (namespace === null ? name : `${namespace}__${name}`);
  return {
    eventId: of("Circa_Event_Id__c"),
    eventUrl: of("Circa_Event_Url__c"),
    syncStatus: of("Circa_Sync_Status__c"),
    lastSynced: of("Circa_Last_Synced__c"),
    syncMessage: of("Circa_Sync_Message__c"),
    signalChannel: `/event/${of("Circa_Sync_Signal__e")}`,
    of,
  };
}

/** The Campaign's fields that the sync itself keeps: no mapping may have them. */
export function keptBySync(names: PackageNames): ReadonlySet<string> {
  return new Set([names.eventId, names.syncStatus, names.lastSynced, names.syncMessage]);
}
