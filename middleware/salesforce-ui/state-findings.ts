/** What of the service's state an admin should look at, with what to do about it. */
import { pollTexts } from "../intake/polling/circa-way.ts";
import type { Status } from "../http/status.ts";

export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly fix: string;
}

/** Rejected mappings beyond these are counted, not listed. */
const maxListed = 20;

export function stateFindings(status: Status): Finding[] {
  const { mappings, creation, stream, circaWay, circaPassedOver, door } = status;
  const pollReason = circaWay?.reason ?? null;
  return [
    ...(mappings.fault === null
      ? []
      : [error("MAPPINGS_NOT_READ", "The mappings can't be read.", mappings.fault)]),
    ...mappings.rejected
      .slice(0, maxListed)
      .map(({ code, label, reason }) => error(code, `The mapping ${label} is off.`, reason)),
    ...creation.faults.map(({ setting, reason }) =>
      error("CREATION_SETTING", `No Campaigns are made: ${setting} is wrong.`, reason),
    ),
    ...(mappings.lockGap === null
      ? []
      : [warning("NO_LOCKS_IN_CIRCA", "Circa does not show the locks.", mappings.lockGap)]),
    ...(pollReason === null
      ? []
      : [warning("NO_WEBHOOKS", pollTexts[pollReason].title, pollTexts[pollReason].fix)]),
    ...circaPassedOver
      .slice(0, maxListed)
      .map(({ id, fault }) =>
        warning(
          "EVENT_PASSED_OVER",
          `The Event ${id} of Circa is skipped: it can't be kept in sync.`,
          `Circa's answer says ${fault}. Correct the Event in Circa, or ask Circa's support; all other Events are kept in sync.`,
        ),
      ),
    ...(door.attention === null
      ? []
      : [error("WEBHOOKS_REFUSED", "Circa's changes do not arrive at once.", door.attention)]),
    ...(stream.attention === null
      ? []
      : [
          warning(
            "STREAM",
            "Salesforce's changes do not arrive at once.",
            `${stream.attention} The sweep brings what the stream does not.`,
          ),
        ]),
  ];
}

const error = (code: string, title: string, fix: string): Finding => ({
  code,
  severity: "error",
  title,
  fix,
});
const warning = (code: string, title: string, fix: string): Finding => ({
  code,
  severity: "warning",
  title,
  fix,
});
