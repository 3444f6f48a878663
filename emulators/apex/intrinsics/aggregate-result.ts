/** AggregateResult: rows of GROUP BY and of aggregate functions. */
import { sobjectType } from "../types/builtin.ts";
import { TypeInfo } from "../types/type.ts";
import type { ObjectDescribe } from "../ports.ts";
import type { SObjectValue } from "../values/sobject-value.ts";
import { addMembers } from "./define.ts";
import { registerLibraryType } from "../types/registry.ts";
import type { Value } from "../values/value.ts";

const shape: ObjectDescribe = {
  name: "AggregateResult",
  label: "Aggregate Result",
  labelPlural: "Aggregate Result",
  keyPrefix: null,
  custom: false,
  createable: false,
  updateable: false,
  deletable: false,
  queryable: false,
  fields: new Map(),
  childRelationships: [],
};

export const aggregateResultInfo = new TypeInfo("AggregateResult", "sobject");
aggregateResultInfo.object = shape;
aggregateResultInfo.superType = sobjectType;
registerLibraryType(aggregateResultInfo, "System");

addMembers(aggregateResultInfo, {
  "Object get(String alias)": (rt, self: SObjectValue, alias: string): Value => {
    const value = self.fields.get(alias.toLowerCase());
    if (value === undefined)
      throw rt.error("SObjectException", `Invalid field ${alias} for AggregateResult`);
    return value;
  },
});
