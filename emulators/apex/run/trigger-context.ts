import type { TriggerOperation, TriggerTiming } from "../ports.ts";
import type { ListValue, MapValue } from "../values/collections.ts";

/** What the `Trigger` class shows inside one trigger invocation. */
export interface TriggerContext {
  readonly timing: TriggerTiming;
  readonly operation: TriggerOperation;
  readonly newList: ListValue | null;
  readonly oldList: ListValue | null;
  readonly newMap: MapValue | null;
  readonly oldMap: MapValue | null;
  readonly size: number;
}
