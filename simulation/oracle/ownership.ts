/** The rule of ownership, by which every value is judged: in the simulation and in the chaos run. */
import type { Direction, Neutral } from "../fields.ts";

export type Side = "circa" | "salesforce";

export const ownerOf = (direction: Direction): Side =>
  direction === "to_salesforce" ? "circa" : "salesforce";

export interface FieldJudgement {
  readonly owner: Side;
  /** What the owning side has. */
  readonly source: Neutral;
  /** The owning side has something else than a person set there last. */
  readonly isOverwritten: boolean;
  /** The other side does not have what the owning side has. */
  readonly isApart: boolean;
}

/** @param allowed what people set last, of which one must be there; null: anything */
export function judgeByOwner(
  direction: Direction,
  values: Readonly<Record<Side, Neutral>>,
  allowed: ReadonlySet<Neutral> | null,
): FieldJudgement {
  const owner = ownerOf(direction);
  const source = values[owner];
  const isOverwritten = allowed !== null && !allowed.has(source);
  return { owner, source, isOverwritten, isApart: values.circa !== values.salesforce };
}
