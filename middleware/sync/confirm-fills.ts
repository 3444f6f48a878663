/**
 * A blank of a Campaign's own field takes the Event's value at the initial sync. Salesforce writes
 * many Campaigns under no condition, so where a batch has waited for something else since it read
 * them, the blank is looked at again: a person may have filled it meanwhile.
 */
import type { Clock } from "../clock.ts";
import { SystemError } from "../errors.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";
import type { LinkWork } from "./link-work.ts";
import { sameJson, type FieldChange } from "./plan.ts";

/** As long as the calls of a batch usually take. */
const holdsForMs = 2_000;

/**
 * Gives each work whose Campaign is no longer as blank as it was an error that has it tried again,
 * in place of one that would leave the Campaign its part.
 * @param readAtMs when the Campaigns were asked for, in `clock.elapsedMs()`
 */
export async function confirmFills(
  { salesforce, clock }: { readonly salesforce: SalesforceClient; readonly clock: Clock },
  works: readonly LinkWork[],
  readAtMs: number,
): Promise<void> {
  const filling = works.filter(({ plan }) => plan.changes.some(isFill));
  if (filling.length === 0 || clock.elapsedMs() - readAtMs < holdsForMs) return;
  const fills = filling.flatMap(({ plan }) => plan.changes.filter(isFill));
  const ids = [...new Set(filling.flatMap(({ link }) => link.campaign?.id ?? []))];
  const fields = [...new Set(fills.map(({ mapping }) => mapping.campaign.name))];
  const asked = salesforce.campaigns({ ids, fields });
  const answer = await asked.catch((error: unknown) => ({ error }));
  for (const work of filling) {
    if ("error" in answer) {
      work.error = answer.error;
      continue;
    }
    const now = answer.find(({ id }) => id === work.link.campaign?.id);
    const isSame = work.plan.changes.every(
      (change) =>
        !isFill(change) || sameJson(now?.values[change.mapping.campaign.name], change.oldValue),
    );
    if (!isSame) work.error = changed(work);
  }
}

function isFill({ target, mapping }: FieldChange): boolean {
  return target === "campaign" && mapping.direction === "from_salesforce";
}

function changed({ link, eventId }: LinkWork): SystemError {
  const message = `The Campaign ${link.campaign?.id ?? ""} was edited while the Event ${eventId} was being synchronized; both are read again`;
  return new SystemError("salesforce", "conflict", message);
}
