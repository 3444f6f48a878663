/** How the service is, for the set-up page; the same that the operator's status says. */
import type { ScreenClient, ScreenValues } from "../systems/salesforce/screens.ts";
import type { Status } from "../web/status.ts";
import { stateFindings } from "./state-findings.ts";

export interface ReportedState {
  readonly status: Status;
  readonly version: string;
  /** Comes back through the package's trigger as a heartbeat; null: none is wanted. */
  readonly heartbeatId: string | null;
}

/** @throws SystemError */
export async function reportState(
  screens: ScreenClient,
  state: ReportedState,
  nowMs: number,
): Promise<void> {
  const [result] = await screens.upsert("Circa_Sync_State__c", [stateRow(state, nowMs)]);
  if (result?.ok === false) {
    throw new Error(result.refusals.map(({ message }) => message).join("; "));
  }
}

function stateRow({ status, version, heartbeatId }: ReportedState, nowMs: number): ScreenValues {
  const { stream, sweep } = status;
  return {
    Connection__c: status.connection,
    Heartbeat_At__c: timeOf(nowMs),
    Version__c: version,
    Stream_State__c: stream.state,
    ...(heartbeatId === null ? {} : { Heartbeat_Id__c: heartbeatId }),
    Detail__c: JSON.stringify({
      streamSince: timeOf(stream.since),
      lastEventAt: timeOf(stream.lastEventAt),
      circaIntake: status.circaIntake,
      lastSweepAt: timeOf(sweep.last?.endedAt ?? sweep.last?.startedAt ?? null),
      lastSweepMissed: sweep.last?.findings["missed"] ?? null,
      links: status.links,
      backlogDue: status.backlog.due,
      backlogLater: status.backlog.later,
      openProblems: status.openProblems,
      apiUsed: status.salesforceApiUsage?.used ?? null,
      apiLimit: status.salesforceApiUsage?.limit ?? null,
      // It has no pages of its own that an admin could be sent to.
      url: null,
      findings: stateFindings(status),
    }),
  };
}

function timeOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
