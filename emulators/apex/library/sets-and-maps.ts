/** Set and Map. */
import { toId } from "../compile/convert.ts";
import { idType, iterableInfo, mapInfo, setInfo, typeParameter } from "../types/builtin.ts";
import type { Runtime } from "../run/runtime.ts";
import { ListValue, MapValue, SetValue } from "../values/collections.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { addMembers } from "../intrinsics/define.ts";
import { itemsOf, iteratorOver } from "./list.ts";

setInfo.interfaces = [iterableInfo.of(typeParameter("T"))];

/** A `Set<Id>` filled from texts holds Ids in their 18-character form. */
function asElement(rt: Runtime, set: SetValue, item: Value): Value {
  return set.element === idType && typeof item === "string" ? toId(rt, item) : item;
}

addMembers(setInfo, {
  "new()": (_rt, type: TypeValue) => new SetValue(type.of.arg(0)),
  "new(Iterable<T> items)": (rt, type: TypeValue, items: Value) => {
    const set = new SetValue(type.of.arg(0));
    for (const item of itemsOf(items)) set.add(asElement(rt, set, item));
    return set;
  },
  "Boolean add(T? item)": (_rt, self: SetValue, item: Value) => self.add(item),
  "Boolean addAll(Iterable<T> items)": (rt, self: SetValue, items: Value) => {
    let changed = false;
    for (const item of [...itemsOf(items)])
      changed = self.add(asElement(rt, self, item)) || changed;
    return changed;
  },
  "void clear()": (_rt, self: SetValue) => {
    self.clear();
  },
  "Set<T> clone()": (_rt, self: SetValue) => new SetValue(self.element, self.values()),
  "Boolean contains(T? item)": (_rt, self: SetValue, item: Value) => self.has(item),
  "Boolean containsAll(Iterable<T> items)": (rt, self: SetValue, items: Value) =>
    itemsOf(items).every((item) => self.has(asElement(rt, self, item))),
  "Boolean isEmpty()": (_rt, self: SetValue) => self.size === 0,
  "Iterator<T> iterator()": (_rt, self: SetValue) => iteratorOver(self.element, [...self.values()]),
  "Boolean remove(T? item)": (_rt, self: SetValue, item: Value) => self.remove(item),
  "Boolean removeAll(Iterable<T> items)": (rt, self: SetValue, items: Value) => {
    let changed = false;
    for (const item of [...itemsOf(items)])
      changed = self.remove(asElement(rt, self, item)) || changed;
    return changed;
  },
  "Boolean retainAll(Iterable<T> items)": (rt, self: SetValue, items: Value) => {
    const kept = new SetValue(
      self.element,
      itemsOf(items).map((item) => asElement(rt, self, item)),
    );
    const dropped = [...self.values()].filter((item) => !kept.has(item));
    for (const item of dropped) self.remove(item);
    return dropped.length > 0;
  },
  "Integer size()": (_rt, self: SetValue) => self.size,
});

/** `new Map<Id, Campaign>(records)`: by Id; a record without one cannot be filed. */
function byId(rt: Runtime, map: MapValue, records: ListValue): MapValue {
  for (const record of records.items) {
    if (!(record instanceof SObjectValue)) throw rt.nullPointer();
    if (record.id === null)
      throw rt.error(
        "ListException",
        "Row with null Id at index: " + String(records.items.indexOf(record)),
      );
    map.set(record.id, record);
  }
  return map;
}

addMembers(mapInfo, {
  "new()": (_rt, type: TypeValue) => new MapValue(type.of.arg(0), type.of.arg(1)),
  "new(Map<K, V> other)": (_rt, type: TypeValue, other: MapValue) =>
    new MapValue(type.of.arg(0), type.of.arg(1), other.entries()),
  "new(List<SObject> records)": (rt, type: TypeValue, records: ListValue) =>
    byId(rt, new MapValue(type.of.arg(0), type.of.arg(1)), records),
  "void clear()": (_rt, self: MapValue) => {
    self.clear();
  },
  "Map<K, V> clone()": (_rt, self: MapValue) =>
    new MapValue(self.keyType, self.valueType, self.entries()),
  "Boolean containsKey(K? key)": (_rt, self: MapValue, key: Value) => self.has(key),
  "V get(K? key)": (_rt, self: MapValue, key: Value) => self.get(key),
  "Boolean isEmpty()": (_rt, self: MapValue) => self.size === 0,
  "Set<K> keySet()": (_rt, self: MapValue) =>
    new SetValue(
      self.keyType,
      [...self.entries()].map(([key]) => key),
    ),
  "V put(K? key, V? value)": (_rt, self: MapValue, key: Value, value: Value) =>
    self.set(key, value),
  "void putAll(Map<K, V> other)": (_rt, self: MapValue, other: MapValue) => {
    for (const [key, value] of [...other.entries()]) self.set(key, value);
  },
  "void putAll(List<SObject> records)": (rt, self: MapValue, records: ListValue) => {
    byId(rt, self, records);
  },
  "V remove(K? key)": (_rt, self: MapValue, key: Value) => self.remove(key),
  "Integer size()": (_rt, self: MapValue) => self.size,
  "List<V> values()": (_rt, self: MapValue) =>
    new ListValue(
      self.valueType,
      [...self.entries()].map(([, value]) => value),
    ),
});
