import type { SeededBug } from "./seeded-bug.ts";
/** Seeded bugs of belief: an earlier or single answer is taken for the present state. */

export const believingBugs: readonly SeededBug[] = [
  {
    name: "gateway-404-believed",
    fromSeed: 2,
    meaning: "any host's 404 counts as the Event's own, and needs no second sign",
    kinds: ["circa_gateway_404"],
    changes: [
      {
        file: "middleware/systems/circa/call.ts",
        find: 'if (reaction.kind === "not_found") return',
        replace: 'if (reaction.kind === "not_found" || status === 404) return',
      },
      {
        file: "middleware/sync/read/confirm-gone.ts",
        find: "missing.filter(({ eventId }) => !absent.has(eventId))",
        replace: "missing.filter(() => absent.size < 0)",
      },
    ],
  },
  {
    name: "empty-list-believed",
    fromSeed: 2,
    meaning: "an empty list counts as a sign that an Event is gone",
    kinds: ["circa_false_404", "circa_empty_list"],
    changes: [
      {
        file: "middleware/sync/read/confirm-gone.ts",
        find: "if (all === null || all.ids.every((id) => asked.has(id))) return new Set();",
        replace: "if (all === null) return new Set();",
      },
    ],
  },
  {
    name: "missing-campaign-believed",
    fromSeed: 6,
    meaning: "a Campaign that one answer of Salesforce lacks counts as deleted",
    kinds: ["salesforce_empty"],
    changes: [
      {
        file: "middleware/sync/read/read-sides.ts",
        find: "if (lost.includes(task) && !gone.has(campaignId)) error = unconfirmedCampaign(campaignId);",
        replace: "void [lost, gone, campaignId, unconfirmedCampaign];",
      },
    ],
  },
  {
    name: "part-taken-for-the-whole",
    fromSeed: 3,
    meaning: "a field that a webhook leaves out counts as blank",
    kinds: ["webhook_partial"],
    changes: [
      {
        file: "middleware/sync/plan/plan.ts",
        find: "  if (!isTold) untold.push(mapping);",
        replace: "  void untold;",
      },
      {
        file: "middleware/sync/plan/plan.ts",
        find: "  if (toCampaign && !isTold) return notTold(mapping);",
        replace: "  void [isTold, notTold];",
      },
    ],
  },
  {
    name: "another-services-claim-ignored",
    meaning: "a second service writes though the first one has the claim",
    kinds: ["second_service"],
    changes: [
      {
        file: "middleware/sync/pair-claim.ts",
        find: "if (other !== undefined && !this.#takeOver) {",
        replace: "if (other !== undefined && this.#takeOver) {",
      },
    ],
  },
  {
    name: "swapped-link-lost",
    fromSeed: 3,
    meaning: "a Campaign is let go of though it was given to another Event meanwhile",
    kinds: ["links_permuted"],
    changes: [
      {
        file: "middleware/sync/write/moved-campaigns.ts",
        find: "if (asking.length === 0) return moved;",
        replace: "if (asking.length >= 0) return moved;",
      },
    ],
  },
  {
    name: "deaf-stream-resumed-in-place",
    fromSeed: 141,
    meaning: "a stream that was found deaf resumes where it is deaf",
    kinds: ["stream_deaf_at_place"],
    changes: [
      {
        file: "middleware/intake/stream/stream.ts",
        find: '      if (checkpoint === null) return { replayFrom: "new", checkpoint };\n      await database.write((trx) => giveUpPlace(trx, "stream"));\n      return { replayFrom: "new", checkpoint: noPlace };',
        replace:
          '      void [database, giveUpPlace];\n      if (checkpoint === null || checkpoint === noPlace) return { replayFrom: "new", checkpoint };\n      return { replayFrom: { after: checkpoint }, checkpoint };',
      },
    ],
  },
];
