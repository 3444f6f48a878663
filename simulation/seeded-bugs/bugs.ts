/**
 * Bugs to plant, each as a change of the service's source that is made while it is loaded. They
 * prove that the simulation would find such a bug: a proof that finds nothing proves nothing.
 */

import type { SeededBug } from "./seeded-bug.ts";
import { believingBugs } from "./believing.ts";

export const seededBugs: readonly SeededBug[] = [
  ...believingBugs,
  {
    name: "lost-wake-up",
    meaning: "a signal that comes while its link is worked on is forgotten",
    changes: [
      {
        file: "middleware/queue/completion.ts",
        find: "if (isSignalled(link, outcome, generations.get(link.subject))) signalled.push(link.subject);",
        replace: "if (!generations.has(link.subject)) signalled.push(link.subject);",
      },
    ],
  },
  {
    name: "crash-drops-the-queue",
    meaning: "what was claimed when the process died is not taken up again",
    changes: [
      {
        file: "middleware/queue/due-links.ts",
        find: '    .updateTable("due_links")\n    .set({ claimed_by: null, claimed_until: null })\n    .where("tenant", "=", tenant)\n    .execute();\n  await query.deleteFrom("leases")',
        replace:
          '    .deleteFrom("due_links")\n    .where("tenant", "=", tenant)\n    .where("claimed_by", "is not", null)\n    .execute();\n  await query.deleteFrom("leases")',
      },
    ],
  },
  {
    name: "no-order-per-record",
    meaning: "a link that is worked on can be taken up by another batch",
    changes: [
      {
        file: "middleware/queue/claims.ts",
        find: 'eb("claimed_until", "is", null),',
        replace: 'eb("due_at", "<=", now),',
      },
    ],
  },
  {
    name: "echo",
    meaning: "equal values are written again",
    changes: [
      {
        file: "middleware/sync/plan/plan.ts",
        find: "if (conversion.equal(eventValue, campaignValue, context)) return null;",
        replace: "",
      },
    ],
  },
  {
    name: "answer-before-commit",
    meaning: "a webhook is acknowledged before it is durable",
    changes: [
      {
        file: "middleware/intake/webhooks/accept-webhooks.ts",
        find: "const taken = await inbox.take(trx, max);",
        replace: "const taken = await inbox.take(trx, max);\n      inbox.taken();",
      },
    ],
  },
  {
    name: "watermark-without-overlap",
    meaning: "the sweep never looks behind the newest time that it has seen",
    needsSweep: true,
    changes: [
      {
        file: "middleware/intake/sweep/reached.ts",
        find: "export const overlapMs = 5 * 60_000;",
        replace: "export const overlapMs = 0;",
      },
    ],
  },
  {
    name: "batch-error-swallowed",
    meaning: "a call that fails as a whole counts as done for all its records",
    changes: [
      {
        file: "middleware/sync/write/send-campaigns.ts",
        find: "return bodies.map(() => error);",
        replace: "return bodies.map(() => ({ ok: true as const }));",
      },
    ],
  },
  {
    name: "retry-forgets-the-newest-value",
    meaning: "an older state of an Event that comes late replaces a newer one",
    changes: [
      {
        file: "middleware/store/intake/judge-event-state.ts",
        find: "if (before === undefined) return { row, news: true };",
        replace:
          "if (before === undefined || row.body !== before.body) return { row, news: true };",
      },
    ],
  },
  {
    name: "lock-not-put-back",
    meaning: "an edit of a field that Salesforce owns stays in Circa",
    changes: [
      {
        file: "middleware/sync/plan/plan.ts",
        find: "  const source = toCampaign ? eventValue : campaignValue;",
        replace:
          "  if (known && !toCampaign && sameJson(input.baseline[circa.key], campaignValue)) return null;\n  const source = toCampaign ? eventValue : campaignValue;",
      },
    ],
  },
  {
    name: "stale-picklist",
    meaning: "a changed list of values does not reach Circa",
    changes: [
      {
        file: "middleware/sync/mappings/field-syncs.ts",
        find: "options(shown.options) === options(sync.options)",
        replace: "(shown.options == null) === (sync.options === null)",
      },
    ],
  },
  {
    name: "checkpoint-before-apply",
    meaning: "the stream's place is kept before what came is",
    changes: [
      {
        file: "middleware/intake/stream/accept-messages.ts",
        find: '  onFailpoint("events_received");',
        replace:
          '  onFailpoint("events_received");\n  const moved = await database.write((trx) =>\n    moveCheckpoint(trx, "stream", { from, to: last.replayId }, clock.now()),\n  );\n  await clock.sleep(300);',
      },
      {
        file: "middleware/intake/stream/accept-messages.ts",
        find: 'if (!(await moveCheckpoint(trx, "stream", { from, to: replayId }, clock.now()))) {',
        replace: "if (!moved || replayId === undefined) {",
      },
    ],
  },
  {
    name: "gap-not-compared",
    meaning: "events that the stream no longer keeps are never asked for",
    changes: [
      {
        file: "middleware/intake/stream/stream.ts",
        find: 'await this.#gaps.mark("the stream no longer keeps the last event we have");',
        replace: "",
      },
    ],
  },
  {
    name: "moved-campaign-leaves-its-event-behind",
    meaning: "a Campaign that is given another Event tells only the old one",
    changes: [
      {
        file: "middleware/sync/read/read-sides.ts",
        find: "movedTo: namedNow === eventId ? null : namedNow,",
        replace: "movedTo: null,",
      },
      {
        file: "middleware/sync/record/record-links.ts",
        find: "if (ended !== null) add(cause, campaignSubject(ended.campaignId));",
        replace: "void [ended, cause];",
      },
    ],
  },
  {
    name: "choice-of-a-missing-campaign-undone",
    meaning: "an Event moved to a Campaign that it can't have is moved back",
    changes: [
      {
        file: "middleware/sync/read/read-sides.ts",
        find: "stillHolds: link.problem === null ? null : holderId,",
        replace: "stillHolds: null,",
      },
    ],
  },
  {
    name: "old-mappings-of-another-node",
    fromSeed: 14,
    operations: 2_000,
    meaning: "mappings that one process has taken over are not followed by the others",
    changes: [
      {
        file: "middleware/intake/mappings/follow-mappings.ts",
        find: "if (taken === null || taken === inForce.fingerprint || taken === followed) return;",
        replace: "return;",
      },
    ],
  },
  {
    name: "claims-of-the-living-run-out",
    meaning: "a process that works for long does not renew its claims",
    changes: [
      {
        file: "middleware/queue/worker.ts",
        find: "      await clock.sleep(claimMs / 3, ended);",
        replace: "      await clock.sleep(claimMs * 300, ended);",
      },
    ],
  },
];
