/** What becomes of the values, and of the records, that Salesforce refuses. */
import type { FieldChange } from "../plan/link-plan.ts";
import { sayRefusals } from "../../model/answers/words.ts";
import { SystemError, type FieldRefusal } from "../../runtime/errors.ts";
import { kindOfRefusal, kindOfRow } from "../../systems/salesforce/connection/errors.ts";
import type { BoundFields } from "../plan/bound-fields.ts";
import { refuseDependents } from "../plan/check-choices.ts";
import type { Refused } from "./isolate-refusals.ts";
import { withProblem, type WrittenTask } from "../plan/link-task.ts";
import { problemCodeOf } from "../../model/problems/entries/salesforce.ts";
import { fieldProblem, linkProblem, type Problem } from "../../model/problems/problem.ts";
import type { Words } from "../../model/problems/parameters.ts";
import type { StoredProblem } from "../../store/history/open-problems.ts";
import { sameJson } from "../plan/plan.ts";
import type { UserDirectory } from "../read/users.ts";

export interface RefusalParts {
  readonly users: Pick<UserDirectory, "forget">;
  readonly boundFields: BoundFields;
}

export interface RefusedWrite {
  readonly task: WrittenTask;
  readonly campaignId: string;
  /** The link itself, as far as Salesforce has not taken it. */
  readonly linkValues: Readonly<Record<string, unknown>>;
  readonly isLink: "connect" | "release" | null;
}

/**
 * Codes of rules, triggers and flows: they look at more than one value, and their author
 * chose which field they name.
 * Source: Object Reference, "Exception codes and status codes".
 */
export const ruleCodes: ReadonlySet<string> = new Set([
  "FIELD_CUSTOM_VALIDATION_EXCEPTION",
  "FIELD_FILTER_VALIDATION_EXCEPTION",
  "FIELD_INTEGRITY_EXCEPTION",
  "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
  "CANNOT_EXECUTE_FLOW_TRIGGER",
  "UNKNOWN_EXCEPTION",
]);

/** Whether leaving values out may help: otherwise it is about the record, or passes by itself. */
export function isAboutValues(refusal: FieldRefusal, changes: readonly FieldChange[]): boolean {
  const kind = kindOfRefusal(refusal);
  if (kind === "rejected" || refusal.code === "INVALID_FIELD") return true;
  // The record that a value leads to may be the one that is gone.
  return (
    kind === "not_found" && changes.some(({ mapping }) => mapping.campaign.type === "reference")
  );
}

export const nameIn = (refusals: readonly FieldRefusal[], name: string) =>
  refusals.some(({ fields }) => fields.includes(name));

export function failure(refusals: readonly FieldRefusal[]): SystemError {
  const text = `Salesforce writing a Campaign: ${sayRefusals(refusals)}`;
  return new SystemError("salesforce", kindOfRow(refusals), text, { refusals });
}

/** Those of the group whose problem is open already, with this value and this refusal. */
export function toldAlready(
  group: readonly FieldChange[],
  refusals: readonly FieldRefusal[],
  open: readonly Pick<StoredProblem, "fieldKey" | "wording" | "parameters">[],
): FieldChange[] {
  return group.filter((change) => {
    const { fieldKey, wording, parameters } = refusedProblem(change, group, refusals);
    return open.some(
      (problem) =>
        problem.fieldKey === fieldKey &&
        problem.wording === wording &&
        sameJson(problem.parameters, parameters),
    );
  });
}

/** The fields wait, and nothing else. */
export function reportRefused(
  { users, boundFields }: RefusalParts,
  task: WrittenTask,
  { changes, refusals, together }: Refused<FieldChange>,
): WrittenTask {
  if (together) boundFields.learn(changes);
  if (changes.some(({ mapping }) => mapping.campaign.type === "reference")) users.forget();
  const { campaign } = task.link;
  const named = changes.filter(({ mapping }) => nameIn(refusals, mapping.campaign.name));
  const blamed = named.length > 0 && !together ? named : changes;
  // Salesforce's API does not mind which value a dependent picklist's other field has.
  const rest = changes.filter((change) => !blamed.includes(change));
  const dependents =
    campaign === null ? new Map<FieldChange, Problem>() : refuseDependents(rest, campaign);
  return changes
    .map((change) => dependents.get(change) ?? refusedProblem(change, changes, refusals))
    .reduce((reported, problem) => withProblem(reported, problem), task);
}

function refusedProblem(
  change: FieldChange,
  changes: readonly FieldChange[],
  refusals: readonly FieldRefusal[],
): Problem {
  const { circa, campaign } = change.mapping;
  const own = refusals.find(({ fields }) => fields.includes(campaign.name)) ?? refusals[0];
  return fieldProblem(circa, problemCodeOf(own?.code ?? ""), {
    change: changeInWords(change, changes),
    said: own === undefined ? { phrase: "noReason" } : sayRefusals([own]),
    field: circa.label,
    target: campaign.label,
  });
}

/** A change with its value and, where they go together only, with the others. */
export function changeInWords(change: FieldChange, group: readonly FieldChange[]): Words {
  const shown = ({ mapping, newValue }: FieldChange) =>
    `${mapping.circa.label} = ${JSON.stringify(newValue)}`;
  const others = group.filter((it) => it.mapping !== change.mapping).map(shown);
  const value = shown(change);
  return others.length === 0 ? value : { phrase: "together", value, others };
}

/** No value of ours is to blame: the record waits, as a problem or for its next try. */
export function failRecord(
  { task, campaignId, isLink, linkValues }: RefusedWrite,
  refusals: readonly FieldRefusal[],
): WrittenTask {
  if (kindOfRow(refusals) !== "rejected") return { ...task, error: failure(refusals) };
  const linking = isLink !== null && Object.keys(linkValues).length > 0;
  // Only the state was to be shown, and what is wrong with the record is known already.
  if (!linking && task.problems.some(({ fieldKey }) => fieldKey === null)) return task;
  const releasing = isLink === "release";
  const said = sayRefusals(refusals);
  const fields = task.plan.changes
    .filter(({ target }) => target === "campaign")
    .map(({ mapping }) => mapping.circa.label);
  const problem = linking
    ? linkProblem("LINK_REFUSED", {
        what: { phrase: releasing ? "toDisconnect" : "toConnect" },
        said,
      })
    : linkProblem("RECORD_REFUSED", {
        fields: fields.length === 0 ? { phrase: "syncState" } : fields,
        said,
      });
  const failed = withProblem(task, problem);
  if (!linking) return failed;
  const unlinked = { ...failed, link: { campaign: null, fixes: [], problem: null } };
  // Otherwise the next pass would take what is still there for a person's new connection.
  return releasing ? { ...unlinked, stillHolds: campaignId } : unlinked;
}
