import { z } from "zod";
import type { Org } from "../data/org.ts";
import { updateRecords } from "../data/save.ts";
import type { TriggerInvocation } from "../data/org.ts";
import type { ControlContext } from "./control-context.ts";

/** One rule that gives a field another value whenever the integration has written the record. */
export const automationRequest = z.strictObject({
  clear: z.boolean().default(false),
  automations: z
    .array(
      z
        .strictObject({
          object: z.string().default("Campaign"),
          field: z.string(),
          /** In the same save, as a before-save flow, or by a save of its own after the commit. */
          timing: z.enum(["before", "after"]).default("before"),
          set: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
          upperCase: z.boolean().default(false),
        })
        .refine(({ set, upperCase }) => upperCase !== (set !== undefined), {
          error: "needs either set or upperCase",
        }),
    )
    .default([]),
});
type Automation = z.infer<typeof automationRequest>["automations"][number];

const triggerName = "automation of the emulator";

/** Puts rules into force, after the package's triggers; `clear` ends those that were. */
export function setAutomations(
  context: ControlContext,
  { clear, automations }: z.infer<typeof automationRequest>,
): void {
  const { triggers } = context.org;
  if (clear) clearAutomations(context.org);
  for (const automation of automations) {
    triggers.push({
      name: triggerName,
      objectName: automation.object,
      run: (invocation) => alter(context, automation, invocation),
    });
  }
}

export function clearAutomations({ triggers }: Pick<Org, "triggers">): void {
  const others = triggers.filter(({ name }) => name !== triggerName);
  triggers.splice(0, triggers.length, ...others);
}

function alter(
  { org, identity }: ControlContext,
  automation: Automation,
  { timing, operation, rows, transaction }: TriggerInvocation,
): void {
  const { field, object } = automation;
  if (timing !== automation.timing || operation !== "update") return;
  if (transaction.userId !== identity.integration.userId) return;
  for (const { after } of rows) {
    if (after === null) continue;
    const value = after[field] ?? null;
    const wanted = automation.upperCase
      ? typeof value === "string"
        ? value.toUpperCase()
        : value
      : (automation.set ?? null);
    if (wanted === value) continue;
    if (timing === "before") {
      after[field] = wanted;
      continue;
    }
    const record = { Id: after.Id, [field]: wanted };
    transaction.afterCommit(() => {
      org.transact(identity.person.userId, (own) =>
        updateRecords(own, object, [record], { allOrNone: false, mode: "system" }),
      );
    });
  }
}
