/** Writes to Circa the fields that Salesforce owns. */
import type { FieldChange } from "../plan/link-plan.ts";
import { SystemError, type FieldRefusal } from "../../runtime/errors.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import type { BoundFields } from "../plan/bound-fields.ts";
import {
  isolateRefusals,
  type Attempt,
  type AttemptAnswer,
  type Isolated,
} from "./isolate-refusals.ts";
import {
  pairOf,
  unwritten,
  withoutRestored,
  withProblem,
  type PlannedTask,
  type WrittenTask,
} from "../plan/link-task.ts";
import { eventLock, type RecordMutex } from "./record-mutex.ts";
import { isOnlyWritten } from "./own-echoes.ts";
import { changeInWords } from "./refused-campaigns.ts";
import { fieldProblem, linkProblem, type Problem } from "../../model/problems/problem.ts";
import { readEventOf, type ReadEventParts } from "../read/read-event.ts";

export interface WriteEventParts extends ReadEventParts {
  readonly circa: CircaClient;
  readonly onFailpoint: OnFailpoint;
  readonly boundFields: BoundFields;
  readonly campaignWrites: RecordMutex;
}

/** Writes the planned fields of one Event; refused ones become problems, the others go through. */
export async function writeEvent(
  parts: WriteEventParts,
  planned: PlannedTask,
  customKeys: ReadonlySet<string>,
): Promise<WrittenTask> {
  let task = unwritten(planned);
  const changes = task.plan.changes.filter((change) => change.target === "event");
  if (changes.length === 0) return task;
  const groups = parts.boundFields.groups(changes);
  // Circa takes an empty write without looking at its rules.
  const isolating = isolateRefusals(groups, { canTouch: false });
  let step = isolating.next();
  while (step.done !== true) {
    const pair = pairOf(task);
    if (pair === null) return task;
    const attempt = step.value;
    try {
      task = await write(parts, task, attempt, { customKeys, version: pair.event.version });
      task = attempt.changes.reduce(checkStored, task);
      step = isolating.next({ ok: true });
    } catch (error) {
      if (!(error instanceof SystemError) || error.kind !== "rejected") {
        return giveUp(parts, task, error);
      }
      step = isolating.next(answerOf(error, attempt));
    }
  }
  return report(parts, task, step.value, groups.length);
}

async function write(
  { circa, clock, onFailpoint, campaignWrites }: WriteEventParts,
  task: WrittenTask,
  attempt: Attempt<FieldChange>,
  options: { readonly customKeys: ReadonlySet<string>; readonly version: number | null },
): Promise<WrittenTask> {
  const { changes, restored } = attempt;
  const values = Object.fromEntries([
    ...restored.map((it) => [it.mapping.circa.key, it.oldValue] as const),
    ...changes.map((it) => [it.mapping.circa.key, it.newValue] as const),
  ]);
  let receivedAt = clock.now();
  const answer = await campaignWrites.run([eventLock(task.eventId)], () => {
    onFailpoint("event_write_sending");
    receivedAt = clock.now();
    return circa.writeEvent(task.eventId, values, options);
  });
  onFailpoint("event_write_answered");
  const at = clock.now();
  const kept = withoutRestored(task, attempt);
  const { event: before, ownStates } = kept;
  const isOwn =
    before !== null && isOnlyWritten(before, answer.event, new Set(Object.keys(values)));
  return {
    ...kept,
    written: [...kept.written, ...changes.map((change) => ({ change, at }))],
    ownStates: isOwn && ownStates !== null ? [...ownStates, answer.event] : null,
    event: answer.event,
    answers: [...kept.answers, { answer, receivedAt, source: "write" }],
    newest: { mark: answer.event, receivedAt, event: answer.event, doubted: false },
  };
}

function answerOf(
  { refusals, message }: SystemError,
  { changes }: Attempt<FieldChange>,
): AttemptAnswer<FieldChange> {
  const named = new Set(changes.filter((change) => isNamed(change, refusals)));
  const certain = refusals.every(({ fields }) => fields.length > 0);
  const told = refusals.length > 0 ? refusals : [{ code: "refused", message, fields: [] }];
  const isCertain = certain && named.size > 0;
  // No Event is written only to ask whether it takes a write.
  return { ok: false, refusals: told, named, certain: isCertain, told: new Set() };
}

function isNamed(
  { mapping: { circa } }: FieldChange,
  refusals: readonly Pick<FieldRefusal, "fields">[],
): boolean {
  const names = [circa.key, `custom_fields.${circa.key}`];
  return refusals.some(({ fields }) => fields.some((name) => names.includes(name)));
}

function report(
  { boundFields }: Pick<WriteEventParts, "boundFields">,
  task: WrittenTask,
  { taken, refused, record }: Isolated<FieldChange>,
  groups: number,
): WrittenTask {
  const texts = new Set(refused.map(({ refusals }) => JSON.stringify(refusals)));
  const isUnnamed = refused.every((it) => !it.changes.some((one) => isNamed(one, it.refusals)));
  const isWhole = taken.length === 0 && groups > 1 && texts.size === 1 && isUnnamed;
  const whole = record ?? (isWhole ? (refused[0]?.refusals ?? null) : null);
  const problems: Problem[] = [];
  if (whole !== null) {
    const said = whole.map(({ message }) => message).join("; ");
    problems.push(linkProblem("REFUSED_BY_CIRCA.event", { said }));
  }
  for (const { changes, refusals, together } of isWhole ? [] : refused) {
    if (together) boundFields.learn(changes);
    problems.push(...changes.map((change) => refusedProblem(change, changes, refusals)));
  }
  return problems.reduce((reported, problem) => withProblem(reported, problem), task);
}

function refusedProblem(
  change: FieldChange,
  changes: readonly FieldChange[],
  refusals: readonly FieldRefusal[],
): Problem {
  const { circa, campaign } = change.mapping;
  const own = refusals.find((refusal) => isNamed(change, [refusal])) ?? refusals[0];
  return fieldProblem(circa, "REFUSED_BY_CIRCA.field", {
    change: changeInWords(change, changes),
    said: own?.message ?? { phrase: "noReason" },
    field: campaign.label,
  });
}

/** A value that Circa keeps differently would be written again for ever. */
function checkStored(task: WrittenTask, change: FieldChange): WrittenTask {
  const { circa, campaign, conversion } = change.mapping;
  const { context } = task;
  const pair = pairOf(task);
  if (pair === null || context === null) return task;
  // An answer that leaves it out does not say.
  if (!(circa.key in pair.event.values)) return task;
  const stored = pair.event.values[circa.key] ?? null;
  if (conversion.equal(stored, pair.campaign.values[campaign.name] ?? null, context)) return task;
  const differs = fieldProblem(circa, "STORED_DIFFERENTLY_IN_CIRCA", {
    change: changeInWords(change, []),
    stored: JSON.stringify(stored),
    field: circa.label,
  });
  return withProblem(task, differs);
}

async function giveUp(
  parts: ReadEventParts,
  task: WrittenTask,
  error: unknown,
): Promise<WrittenTask> {
  const kind = error instanceof SystemError ? error.kind : "retry";
  // Moved on or gone: the next pass must not start from an outdated state.
  const isOld = kind === "conflict" || kind === "not_found";
  return { ...(isOld ? await readEventOf(parts, task) : task), error };
}
