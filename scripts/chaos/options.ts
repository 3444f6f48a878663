/** What a run of the live proof does. */
import { parseArgs } from "node:util";
import { z } from "zod";

export interface ChaosOptions {
  /** Edits by people, in each direction. */
  readonly edits: number;
  /** Edits a second, of both directions together. */
  readonly editsPerSecond: number;
  readonly links: number;
  readonly kills: number;
  /** A process lives at most so long after its first webhook, and half of it on average. */
  readonly lifeSeconds: number;
  readonly seed: number;
  /** On PostgreSQL; otherwise one process on the embedded database. */
  readonly postgres: boolean;
  /** Processes that share the work; more than one only on PostgreSQL. */
  readonly nodes: number;
  /** Seconds between sweeps; 0: no sweep, and no notice is lost on purpose. */
  readonly sweepSeconds: number;
  /** Multiplies the chance of every fault on the wire. */
  readonly faultScale: number;
  /** Writes the processes' logs there; null: nowhere. */
  readonly logFolder: string | null;
}

const whole = z.coerce.number().int().min(0);
const schema = z.object({
  edits: whole.default(1_000),
  rate: whole.min(1).default(100),
  links: whole.min(1).default(300),
  kills: whole.default(20),
  life: z.coerce.number().min(0).default(6),
  seed: whole.default(1),
  postgres: z.boolean().default(false),
  nodes: whole.min(1).max(8).optional(),
  sweep: whole.default(20),
  faults: z.coerce.number().min(0).max(20).default(1),
  logs: z.string().optional(),
});

/** @returns the options, or how to give them */
export function readOptions(args: readonly string[]): ChaosOptions | string {
  const usage =
    "npm run chaos -- [--edits 1000] [--rate 100] [--links 300] [--kills 20] [--life 6] [--seed 1] [--sweep 20] [--faults 1] [--postgres] [--nodes 2] [--logs FOLDER]";
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        edits: text,
        rate: text,
        links: text,
        kills: text,
        life: text,
        seed: text,
        nodes: text,
        sweep: text,
        faults: text,
        logs: text,
        postgres: { type: "boolean" },
      },
    });
    const read = schema.parse(values);
    const nodes = read.nodes ?? (read.postgres ? 2 : 1);
    if (nodes > 1 && !read.postgres) return `Several nodes need --postgres.\n${usage}`;
    return {
      edits: read.edits,
      editsPerSecond: read.rate,
      links: read.links,
      kills: read.kills,
      lifeSeconds: read.life,
      seed: read.seed,
      postgres: read.postgres,
      nodes,
      sweepSeconds: read.sweep,
      faultScale: read.faults,
      logFolder: read.logs ?? null,
    };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return `${reason}\n${usage}`;
  }
}
