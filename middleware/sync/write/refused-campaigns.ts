/** What becomes of the values, and of the records, that Salesforce refuses. */
import type { FieldChange } from "../plan/link-plan.ts";
import { sayRefusals } from "../../model/answers/words.ts";
import { SystemError, type FieldRefusal } from "../../runtime/errors.ts";
import { kindOfRefusal, kindOfRow } from "../../systems/salesforce/connection/errors.ts";
import type { BoundFields } from "../plan/bound-fields.ts";
import { refuseDependents } from "../plan/check-choices.ts";
import type { Refused } from "./isolate-refusals.ts";
import { linkProblem } from "../plan/link.ts";
import { withProblem, type WrittenTask } from "../plan/link-task.ts";
import { problemCodeOf } from "../../model/problems/salesforce-entries.ts";
import type { Problem } from "../../model/problems/problem.ts";
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
  open: readonly Pick<Problem, "fieldKey" | "message">[],
): FieldChange[] {
  return group.filter((change) => {
    const { fieldKey, message } = refusedProblem(change, group, refusals);
    return open.some((problem) => problem.fieldKey === fieldKey && problem.message === message);
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
  { mapping, newValue }: FieldChange,
  changes: readonly FieldChange[],
  refusals: readonly FieldRefusal[],
): Problem {
  const { circa, campaign } = mapping;
  const own = refusals.find(({ fields }) => fields.includes(campaign.name)) ?? refusals[0];
  const shown = (value: unknown) => JSON.stringify(value);
  const others = changes
    .filter((change) => change.mapping !== mapping)
    .map((change) => `${change.mapping.circa.label} = ${shown(change.newValue)}`);
  const beside = others.length === 0 ? "" : ` together with ${others.join(", ")}`;
  return {
    code: problemCodeOf(own?.code ?? ""),
    message: `Salesforce refuses ${circa.label} = ${shown(newValue)}${beside}: ${own === undefined ? "no reason given" : sayRefusals([own])}`,
    hint: `Change ${circa.label} on the Event to a value that the Campaign's ${campaign.label} takes.`,
    fieldKey: circa.key,
    fieldLabel: circa.label,
  };
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
  const fields = task.plan.changes
    .filter(({ target }) => target === "campaign")
    .map(({ mapping }) => mapping.circa.label)
    .join(", ");
  const what = linking
    ? `to ${releasing ? "disconnect" : "connect"} the Campaign`
    : `the Campaign with ${fields === "" ? "the state of its sync" : fields}`;
  const failed = withProblem(
    task,
    linkProblem(
      linking ? "LINK_REFUSED" : "RECORD_REFUSED",
      `Salesforce refuses ${what}: ${sayRefusals(refusals)}`,
      "Correct the Event or the Campaign so that the rule named here is met.",
    ),
  );
  if (!linking) return failed;
  const unlinked = { ...failed, link: { campaign: null, fixes: [], problem: null } };
  // Otherwise the next pass would take what is still there for a person's new connection.
  return releasing ? { ...unlinked, stillHolds: campaignId } : unlinked;
}
