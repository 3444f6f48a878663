/** Triggers of the package on platform events. */
import { ListValue } from "../values/collections.ts";
import type { SObjectValue } from "../values/sobject-value.ts";
import { whileActive } from "../values/active.ts";
import type { Runtime } from "./runtime.ts";

/**
 * Runs the package's after-insert triggers on the events published so far, all events of an object
 * at once.
 */
export function deliverEvents(rt: Runtime): void {
  const { events } = rt;
  rt.events = [];
  const byObject = new Map<string, SObjectValue[]>();
  for (const event of events) {
    const group = byObject.get(event.object.name) ?? [];
    group.push(event);
    byObject.set(event.object.name, group);
  }
  for (const [object, group] of byObject) {
    const [first] = group;
    if (!first) continue;
    for (const trigger of rt.program.triggersFor(object, "after", "insert")) {
      const before = rt.triggers;
      const newList = new ListValue(first.type, group, true);
      const size = group.length;
      const none = { oldList: null, newMap: null, oldMap: null };
      rt.triggers = [...before, { timing: "after", operation: "insert", newList, size, ...none }];
      try {
        whileActive(rt, () => trigger.run(rt));
      } finally {
        rt.triggers = before;
      }
    }
  }
}
