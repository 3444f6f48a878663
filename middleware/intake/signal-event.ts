/** The Platform Event as it arrives. It is a hint: which Campaigns to look at again. Pure. */
import { z } from "zod";
import type { PackageNames } from "../systems/salesforce/names.ts";

export interface SignalEvent {
  /** For the checkpoint; opaque. */
  readonly replayId: number;
  readonly eventUuid: string;
  readonly kind: string;
  /** 18-character Ids. */
  readonly campaignIds: readonly string[];
  readonly requestId: string | null;
}

const envelope = z.object({
  payload: z.looseObject({}),
  event: z.object({ replayId: z.number(), EventUuid: z.string().optional() }),
});
const idList = z.array(z.string().regex(/^[a-zA-Z0-9]{18}$/));

/** @returns null when it is not an event of ours at all; odd contents become an empty list */
export function readSignalEvent(data: unknown, names: PackageNames): SignalEvent | null {
  const parsed = envelope.safeParse(data);
  if (!parsed.success) return null;
  const { payload, event } = parsed.data;
  const textOf = (name: string): string | null => {
    const value = payload[names.of(name)];
    return typeof value === "string" && value !== "" ? value : null;
  };
  return {
    replayId: event.replayId,
    eventUuid: event.EventUuid ?? `replay-${event.replayId}`,
    kind: textOf("Kind__c") ?? "",
    campaignIds: readIds(textOf("Campaign_Ids__c")),
    requestId: textOf("Request_Id__c"),
  };
}

function readIds(text: string | null): readonly string[] {
  if (text === null) return [];
  try {
    return idList.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
