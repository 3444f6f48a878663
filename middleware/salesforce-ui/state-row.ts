/** How the service is, for the set-up page; the same that the operator's status says. */
import type { ScreenClient, ScreenValues } from "../systems/salesforce/screens.ts";
import type { Status } from "../http/status.ts";
import { fitRow } from "./fit-row.ts";
import { stateFindings, type Finding } from "./state-findings.ts";

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
  const object = "Circa_Sync_State__c";
  const { values } = fitRow(object, stateRow(state, nowMs));
  if (values === null) throw new Error(`the connection's name is too long for ${object}`);
  const [result] = await screens.upsert(object, [values]);
  if (result?.ok === false) {
    throw new Error(result.refusals.map(({ message }) => message).join("; "));
  }
}

/** Length of `Detail__c`. */
const maxDetailLength = 32_768;

function stateRow({ status, version, heartbeatId }: ReportedState, nowMs: number): ScreenValues {
  return {
    Connection__c: status.connection,
    Heartbeat_At__c: timeOf(nowMs),
    Version__c: version,
    Stream_State__c: status.stream.state,
    ...(heartbeatId === null ? {} : { Heartbeat_Id__c: heartbeatId }),
    Detail__c: detailOf(status, stateFindings(status)),
  };
}

/** As many findings as fit, the first being the worst. */
function detailOf(status: Status, findings: readonly Finding[]): string {
  const { stream, sweep } = status;
  const detail = JSON.stringify({
    streamSince: timeOf(stream.since),
    lastEventAt: timeOf(stream.lastEventAt),
    circaIntake: status.circaIntake,
    circaIntakeSince: timeOf(status.circaWay?.since ?? null),
    lastSweepAt: timeOf(sweep.last?.endedAt ?? sweep.last?.startedAt ?? null),
    lastSweepMissed: sweep.last?.findings["missed"] ?? null,
    links: status.links,
    backlogDue: status.backlog?.due ?? null,
    backlogLater: status.backlog?.later ?? null,
    openProblems: status.openProblems,
    apiUsed: status.salesforceApiUsage?.used ?? null,
    apiLimit: status.salesforceApiUsage?.limit ?? null,
    // It has no pages of its own that an admin could be sent to.
    url: null,
    findings,
  });
  const fits = detail.length <= maxDetailLength || findings.length === 0;
  return fits ? detail : detailOf(status, findings.slice(0, -1));
}

function timeOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
