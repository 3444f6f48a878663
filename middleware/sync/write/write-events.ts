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
import { linkProblem } from "../plan/link.ts";
import { addProblem, forgetRestored, pairOf, type LinkTask } from "../plan/link-task.ts";
import { eventLock, type RecordMutex } from "./record-mutex.ts";
import { isOnlyWritten } from "./own-echoes.ts";
import type { Problem } from "../../model/problems/problem.ts";
import { readEventOf, type ReadEventParts } from "../read/read-event.ts";
import type { ValueContext } from "../values/conversion.ts";

export interface WriteEventParts extends ReadEventParts {
  readonly circa: CircaClient;
  readonly onFailpoint: OnFailpoint;
  readonly boundFields: BoundFields;
  readonly campaignWrites: RecordMutex;
}

/** Writes the planned fields of one Event; refused ones become problems, the others go through. */
export async function writeEvent(
  parts: WriteEventParts,
  work: LinkTask,
  customKeys: ReadonlySet<string>,
  context: ValueContext,
): Promise<void> {
  const planned = work.plan.changes.filter((change) => change.target === "event");
  if (planned.length === 0) return;
  const groups = parts.boundFields.groups(planned);
  // Circa takes an empty write without looking at its rules.
  const isolating = isolateRefusals(groups, { canTouch: false });
  let step = isolating.next();
  while (step.done !== true) {
    const pair = pairOf(work);
    if (pair === null) return;
    const attempt = step.value;
    try {
      await write(parts, work, attempt, { customKeys, version: pair.event.version });
      for (const change of attempt.changes) checkStored(work, change, context);
      step = isolating.next({ ok: true });
    } catch (error) {
      if (!(error instanceof SystemError) || error.kind !== "rejected") {
        await giveUp(parts, work, error);
        return;
      }
      step = isolating.next(answerOf(error, attempt));
    }
  }
  report(parts, work, step.value, groups.length);
}

async function write(
  { circa, clock, onFailpoint, campaignWrites }: WriteEventParts,
  work: LinkTask,
  attempt: Attempt<FieldChange>,
  options: { readonly customKeys: ReadonlySet<string>; readonly version: number | null },
): Promise<void> {
  const { changes, restored } = attempt;
  const values = Object.fromEntries([
    ...restored.map((it) => [it.mapping.circa.key, it.oldValue] as const),
    ...changes.map((it) => [it.mapping.circa.key, it.newValue] as const),
  ]);
  let receivedAt = clock.now();
  const answer = await campaignWrites.run([eventLock(work.eventId)], () => {
    onFailpoint("event_write_sending");
    receivedAt = clock.now();
    return circa.writeEvent(work.eventId, values, options);
  });
  onFailpoint("event_write_answered");
  const at = clock.now();
  forgetRestored(work, attempt);
  work.written.push(...changes.map((change) => ({ change, at })));
  const before = work.event;
  const isOwn =
    before !== null && isOnlyWritten(before, answer.event, new Set(Object.keys(values)));
  work.ownStates = isOwn && work.ownStates !== null ? [...work.ownStates, answer.event] : null;
  work.event = answer.event;
  work.answers.push({ answer, receivedAt, source: "write" });
  work.newest = { mark: answer.event, receivedAt, event: answer.event, doubted: false };
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
  work: LinkTask,
  { taken, refused, record }: Isolated<FieldChange>,
  groups: number,
): void {
  const texts = new Set(refused.map(({ refusals }) => JSON.stringify(refusals)));
  const isUnnamed = refused.every((it) => !it.changes.some((one) => isNamed(one, it.refusals)));
  const isWhole = taken.length === 0 && groups > 1 && texts.size === 1 && isUnnamed;
  const whole = record ?? (isWhole ? (refused[0]?.refusals ?? null) : null);
  if (whole !== null) {
    addProblem(
      work,
      linkProblem(
        "REFUSED_BY_CIRCA",
        `Circa refuses the Campaign's values: ${whole.map(({ message }) => message).join("; ")}`,
        "Compare the Event's fields with the Campaign's.",
      ),
    );
  }
  if (isWhole) return;
  for (const { changes, refusals, together } of refused) {
    if (together) boundFields.learn(changes);
    for (const change of changes) addProblem(work, refusedProblem(change, changes, refusals));
  }
}

function refusedProblem(
  change: FieldChange,
  changes: readonly FieldChange[],
  refusals: readonly FieldRefusal[],
): Problem {
  const { circa, campaign } = change.mapping;
  const own = refusals.find((refusal) => isNamed(change, [refusal])) ?? refusals[0];
  const shown = (it: FieldChange) => `${it.mapping.circa.label} = ${JSON.stringify(it.newValue)}`;
  const others = changes.filter((it) => it !== change).map(shown);
  const beside = others.length === 0 ? "" : ` together with ${others.join(", ")}`;
  return {
    code: "REFUSED_BY_CIRCA",
    message: `Circa refuses ${shown(change)}${beside}: ${own?.message ?? "no reason given"}`,
    hint: `Change the Campaign's ${campaign.label} to a value that Circa takes.`,
    fieldKey: circa.key,
    fieldLabel: circa.label,
  };
}

/** A value that Circa keeps differently would be written again for ever. */
function checkStored(
  work: LinkTask,
  { mapping, newValue }: FieldChange,
  context: ValueContext,
): void {
  const { circa, campaign, conversion } = mapping;
  const pair = pairOf(work);
  if (pair === null) return;
  // An answer that leaves it out does not say.
  if (!(circa.key in pair.event.values)) return;
  const stored = pair.event.values[circa.key] ?? null;
  if (conversion.equal(stored, pair.campaign.values[campaign.name] ?? null, context)) return;
  addProblem(work, {
    code: "STORED_DIFFERENTLY_IN_CIRCA",
    message: `Circa took ${circa.label} = ${JSON.stringify(newValue)} but keeps ${JSON.stringify(stored)}.`,
    hint: `Check the Event's ${circa.label}: its type or options may not hold the Campaign's value.`,
    fieldKey: circa.key,
    fieldLabel: circa.label,
  });
}

async function giveUp(parts: ReadEventParts, work: LinkTask, error: unknown): Promise<void> {
  const kind = error instanceof SystemError ? error.kind : "retry";
  // Moved on or gone: the next pass must not start from an outdated state.
  if (kind === "conflict" || kind === "not_found") await readEventOf(parts, work);
  work.error = error;
}
