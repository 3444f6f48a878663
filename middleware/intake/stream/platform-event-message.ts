/** The Platform Event as we read it. It is a hint: which Campaigns to compare again. Pure. */
import { z } from "zod";
import type { PackageNames } from "../../systems/salesforce/connection/names.ts";
import type { DeliveredEvent } from "./session-port.ts";

export interface PlatformEventMessage {
  /** For the checkpoint; opaque. */
  readonly replayId: string;
  readonly eventUuid: string;
  readonly kind: string;
  /** 18-character Ids. */
  readonly campaignIds: readonly string[];
  readonly requestId: string | null;
  /** What `Detail__c` holds, parsed; null when it is blank or no JSON. */
  readonly detail: unknown;
  /** When Salesforce published it, in milliseconds since the epoch; null when it doesn't say. */
  readonly publishedAt: number | null;
}

/** The kind that only tells that the stream delivers. */
export const heartbeatKind = "heartbeat";

const idList = z.array(z.string().regex(/^[a-zA-Z0-9]{18}$/));

/** Odd contents become blank: the event still counts as having come. */
export function readPlatformEventMessage(
  event: DeliveredEvent,
  names: PackageNames,
): PlatformEventMessage {
  const textOf = (name: string): string | null => {
    const value = event.payload[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const publishedAt = Date.parse(textOf("CreatedDate") ?? "");
  return {
    replayId: event.replayId,
    eventUuid: event.eventUuid ?? `replay-${event.replayId}`,
    kind: textOf(names.of("Kind__c")) ?? "",
    campaignIds: readIds(textOf(names.of("Campaign_Ids__c"))),
    requestId: readRequestId(textOf(names.of("Request_Id__c"))),
    detail: readJson(textOf(names.of("Detail__c"))),
    publishedAt: Number.isNaN(publishedAt) ? null : publishedAt,
  };
}

/** It is kept and sent back: a text that its field could not hold is none. */
function readRequestId(text: string | null): string | null {
  return text !== null && /^[^\p{C}]{1,64}$/u.test(text) ? text : null;
}

function readIds(text: string | null): readonly string[] {
  const ids = idList.safeParse(readJson(text));
  return ids.success ? ids.data : [];
}

function readJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
