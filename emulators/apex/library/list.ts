/** List, and what it shares with Set: Iterable and Iterator. */
import { bodyOf, callMethod } from "../compile/call.ts";
import { checkBounds } from "../compile/element.ts";
import { findMethods } from "../compile/members.ts";
import type { Runtime } from "../run/runtime.ts";
import { iterableInfo, iteratorInfo, listInfo, typeParameter } from "../types/builtin.ts";
import type { ApexType } from "../types/type.ts";
import { ListValue, SetValue } from "../values/collections.ts";
import { compareValues, valuesEqual } from "../values/equality.ts";
import { NativeValue } from "../values/native-value.ts";
import { ObjectValue } from "../values/object-value.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { addMembers, libraryClass } from "../intrinsics/define.ts";
import { copyRecord } from "./sobject-copy.ts";

iterableInfo.abstract = true;
iteratorInfo.abstract = true;
listInfo.interfaces = [iterableInfo.of(typeParameter("T"))];

interface IteratorState {
  readonly items: readonly Value[];
  index: number;
}

addMembers(iterableInfo, { "Iterator<T> iterator()": () => null });
addMembers(iteratorInfo, {
  "Boolean hasNext()": (_rt, self: NativeValue<IteratorState>) =>
    self.data.index < self.data.items.length,
  "T next()": (rt, self: NativeValue<IteratorState>) => {
    const item = self.data.items[self.data.index];
    if (item === undefined) throw rt.error("NoSuchElementException", "No more elements");
    self.data.index += 1;
    return item;
  },
});
export const comparableInfo = libraryClass(
  "Comparable",
  { "Integer compareTo(Object? other)": () => null },
  { form: "interface" },
);
export const comparatorInfo = libraryClass(
  "Comparator",
  { "Integer compare(T? left, T? right)": () => null },
  { form: "interface", parameters: ["T"] },
);

export function iteratorOver(element: ApexType, items: readonly Value[]): Value {
  return new NativeValue(iteratorInfo.of(element), { items, index: 0 });
}

function changeable(rt: Runtime, list: ListValue): ListValue {
  if (list.frozen) throw rt.error("FinalException", "Collection is read-only");
  return list;
}

export function itemsOf(value: Value): Value[] {
  if (value instanceof ListValue) return value.items;
  return value instanceof SetValue ? [...value.values()] : [];
}

/** Natural order, then the class's own compareTo; anything else cannot be sorted. */
function compareItems(rt: Runtime, left: Value, right: Value): number {
  if (left instanceof ObjectValue) {
    const own = findMethods(left.type, "compareTo").find((found) => !found.method.static);
    if (!own)
      throw rt.error("ListException", `One or more of the items in this list is not Comparable.`);
    return bodyOf(own.method, left).invoke(rt, left, [right]) as number;
  }
  if (left instanceof SObjectValue && right instanceof SObjectValue)
    return compareRecords(left, right);
  const order = compareValues(left, right);
  if (order === null)
    throw rt.error("ListException", "One or more of the items in this list is not Comparable.");
  return order;
}

/** The platform sorts records by their name field, then their Id. */
function compareRecords(left: SObjectValue, right: SObjectValue): number {
  for (const key of ["name", "id"]) {
    const order = compareValues(left.fields.get(key) ?? null, right.fields.get(key) ?? null) ?? 0;
    if (order !== 0) return order;
  }
  return 0;
}

addMembers(listInfo, {
  "new()": (_rt, type: TypeValue) => new ListValue(type.of.arg(0), []),
  "new(Iterable<T> items)": (_rt, type: TypeValue, items: Value) =>
    new ListValue(type.of.arg(0), [...itemsOf(items)]),
  "void add(T? item)": (rt, self: ListValue, item: Value) => {
    changeable(rt, self).items.push(item);
  },
  "void add(Integer index, T? item)": (rt, self: ListValue, index: number, item: Value) => {
    if (index !== self.items.length) checkBounds(rt, self, index);
    changeable(rt, self).items.splice(index, 0, item);
  },
  "void addAll(Iterable<T> items)": (rt, self: ListValue, items: Value) => {
    for (const item of itemsOf(items)) changeable(rt, self).items.push(item);
  },
  "void clear()": (rt, self: ListValue) => {
    changeable(rt, self).items = [];
  },
  "List<T> clone()": (_rt, self: ListValue) => new ListValue(self.element, [...self.items]),
  "Boolean contains(T? item)": (_rt, self: ListValue, item: Value) =>
    self.items.some((other) => valuesEqual(other, item)),
  "List<T> deepClone()": (_rt, self: ListValue) => deepClone(self, false, false, false),
  "List<T> deepClone(Boolean ids)": (_rt, self: ListValue, ids: boolean) =>
    deepClone(self, ids, false, false),
  "List<T> deepClone(Boolean ids, Boolean readonlyTimestamps, Boolean autonumbers)": (
    _rt,
    self: ListValue,
    ids: boolean,
    timestamps: boolean,
    autonumbers: boolean,
  ) => deepClone(self, ids, timestamps, autonumbers),
  "T get(Integer index)": (rt, self: ListValue, index: number) => {
    checkBounds(rt, self, index);
    return self.items[index];
  },
  "Integer indexOf(T? item)": (_rt, self: ListValue, item: Value) =>
    self.items.findIndex((other) => valuesEqual(other, item)),
  "Boolean isEmpty()": (_rt, self: ListValue) => self.items.length === 0,
  "Iterator<T> iterator()": (_rt, self: ListValue) => iteratorOver(self.element, self.items),
  "T remove(Integer index)": (rt, self: ListValue, index: number) => {
    checkBounds(rt, self, index);
    return changeable(rt, self).items.splice(index, 1)[0] ?? null;
  },
  "void set(Integer index, T? item)": (rt, self: ListValue, index: number, item: Value) => {
    checkBounds(rt, self, index);
    changeable(rt, self).items[index] = item;
  },
  "Integer size()": (_rt, self: ListValue) => self.items.length,
  "void sort()": (rt, self: ListValue) => {
    changeable(rt, self).items.sort((left, right) => compareItems(rt, left, right));
  },
  "void sort(Comparator<T> comparator)": (rt, self: ListValue, comparator: ObjectValue) => {
    changeable(rt, self).items.sort(
      (left, right) => callMethod(rt, comparator, "compare", [left, right]) as number,
    );
  },
});

function deepClone(
  list: ListValue,
  ids: boolean,
  timestamps: boolean,
  autonumbers: boolean,
): ListValue {
  const copies = list.items.map((item) =>
    item instanceof SObjectValue
      ? copyRecord(item, { ids, deep: true, timestamps, autonumbers })
      : item,
  );
  return new ListValue(list.element, copies);
}
