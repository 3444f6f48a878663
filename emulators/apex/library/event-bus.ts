/** EventBus: platform events on their way out. */
import type { WriteResult } from "../ports.ts";
import { rowOf } from "../run/dml.ts";
import type { Runtime } from "../run/runtime.ts";
import { ListValue } from "../values/collections.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { resultValue, saveResultInfo } from "./database-results.ts";
import { libraryClass } from "../intrinsics/define.ts";

/**
 * One call counts once, whatever the number of events: as a DML statement for events that leave
 * after commit, against the publish limit for those that leave at once.
 */
function publish(rt: Runtime, records: readonly Value[]): readonly WriteResult[] {
  const events = records.map((record) => {
    if (!(record instanceof SObjectValue)) throw rt.nullPointer();
    if (!record.object.name.endsWith("__e"))
      throw rt.error(
        "TypeException",
        `EventBus publishes platform events, not ${record.object.name}`,
      );
    return record;
  });
  const [first] = events;
  if (!first) return [];
  const afterCommit = rt.platform.publishesAfterCommit(first.object.name);
  rt.count(afterCommit ? "dmlStatements" : "publishImmediate");
  const results = rt.transaction.publish(
    events.map((event) => ({ object: event.object.name, fields: rowOf(event) })),
    rt.userId,
    { deliver: rt.test === null },
  );
  events.forEach((event, index) => {
    if (results[index]?.success) rt.events.push(event.copy());
  });
  return results;
}

libraryClass("EventBus", {
  "static Database.SaveResult publish(SObject event)": (rt, event: Value) => {
    const [result] = publish(rt, [event]);
    return result ? resultValue(saveResultInfo, result) : null;
  },
  "static List<Database.SaveResult> publish(List<SObject> events)": (rt, events: ListValue) =>
    new ListValue(
      saveResultInfo.of(),
      publish(rt, events.items).map((result) => resultValue(saveResultInfo, result)),
    ),
});
