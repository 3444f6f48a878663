/** Governor limits of one transaction, synchronous or asynchronous. */

/** Apex Developer Guide, "Execution Governors and Limits". */
export const governorLimits = {
  queries: { sync: 100, async: 200, text: "Too many SOQL queries" },
  queryRows: { sync: 50_000, async: 50_000, text: "Too many query rows" },
  aggregateQueries: { sync: 300, async: 300, text: "Too many Aggregate queries" },
  dmlStatements: { sync: 150, async: 150, text: "Too many DML statements" },
  dmlRows: { sync: 10_000, async: 10_000, text: "Too many DML rows" },
  publishImmediate: { sync: 150, async: 150, text: "Too many Publish Immediate DML operations" },
  queueableJobs: { sync: 50, async: 1, text: "Too many queueable jobs added to the queue" },
  futureCalls: { sync: 50, async: 0, text: "Too many future calls" },
  emailInvocations: { sync: 10, async: 10, text: "Too many Email Invocations" },
  cpuMs: { sync: 10_000, async: 60_000, text: "Apex CPU time limit exceeded" },
} as const;
export type GovernorLimit = keyof typeof governorLimits;

/** Calls may nest this deep (Apex Developer Guide, "Static Apex Limits": stack depth). */
export const maximumDepth = 1000;

/**
 * CPU time is counted, not measured, so that a run gives the same result on any machine: this many
 * statements count as one millisecond. An org does roughly that for simple statements.
 */
const statementsPerMs = 2000;

export class Limits {
  readonly used: Record<GovernorLimit, number> = {
    queries: 0,
    queryRows: 0,
    aggregateQueries: 0,
    dmlStatements: 0,
    dmlRows: 0,
    publishImmediate: 0,
    queueableJobs: 0,
    futureCalls: 0,
    emailInvocations: 0,
    cpuMs: 0,
  };
  statements = 0;
  readonly kind: "sync" | "async";

  constructor(kind: "sync" | "async") {
    this.kind = kind;
  }

  get statementsAllowed(): number {
    return governorLimits.cpuMs[this.kind] * statementsPerMs;
  }

  maximum(limit: GovernorLimit): number {
    return governorLimits[limit][this.kind];
  }

  usedOf(limit: GovernorLimit): number {
    return limit === "cpuMs" ? Math.floor(this.statements / statementsPerMs) : this.used[limit];
  }

  /** Counts, and says what a LimitException would say once the limit is passed. */
  count(limit: GovernorLimit, amount = 1): string | null {
    this.used[limit] += amount;
    const used = this.used[limit];
    if (used <= this.maximum(limit)) return null;
    return `${governorLimits[limit].text}: ${used}`;
  }
}
