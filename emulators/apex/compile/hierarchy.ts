/** Object layout and overriding: run for a class after the class it extends. */
import { ApexCompileError } from "../errors.ts";
import { type ApexType, type MethodInfo, substitute, type TypeInfo } from "../types/type.ts";
import { ancestors } from "../types/relations.ts";
import type { ClassUnit } from "./declare.ts";
import { objectInfo } from "../types/roots.ts";
import { sameParameters } from "./declare.ts";

/** Units so that every class comes after its parent. */
export function parentsFirst(units: readonly ClassUnit[]): ClassUnit[] {
  const byInfo = new Map(units.map((unit) => [unit.info, unit]));
  const done = new Set<ClassUnit>();
  const ordered: ClassUnit[] = [];
  const visit = (unit: ClassUnit, path: readonly ClassUnit[]): void => {
    if (done.has(unit)) return;
    if (path.includes(unit))
      throw new ApexCompileError(unit.node.at, `Circular inheritance: ${unit.info.name}`);
    const parent = unit.info.superType && byInfo.get(unit.info.superType.info);
    if (parent) visit(parent, [...path, unit]);
    done.add(unit);
    ordered.push(unit);
  };
  for (const unit of units) visit(unit, []);
  return ordered;
}

export function layOut(unit: ClassUnit): void {
  const { info } = unit;
  let slot = info.superType?.info.slotCount ?? 0;
  for (const [key, field] of info.fields) {
    if (field.static) continue;
    const placed = { ...field, slot };
    slot += 1;
    replaceField(unit, key, field, placed);
  }
  info.slotCount = slot;
  linkOverrides(unit);
  if (info.form === "class") linkInterfaces(unit);
}

function replaceField(
  unit: ClassUnit,
  key: string,
  before: ClassUnit["properties"][number][0],
  after: typeof before,
): void {
  unit.info.fields.set(key, after);
  unit.properties.forEach((entry) => {
    if (entry[0] === before) entry[0] = after;
  });
  unit.initializers.forEach((step, index) => {
    if (step.kind === "field" && step.field === before)
      unit.initializers[index] = { ...step, field: after };
  });
}

function linkOverrides(unit: ClassUnit): void {
  const { info } = unit;
  for (const [root, body] of info.superType?.info.dispatch ?? []) info.dispatch.set(root, body);
  for (const [method, node] of unit.methods) {
    if (method.static) continue;
    const overridden = findOverridden(info, method);
    const marked = node.modifiers.words.has("override");
    if (overridden) {
      if (!overridden.virtual && overridden.owner !== objectInfo)
        throw new ApexCompileError(
          node.at,
          `Non-virtual, non-abstract methods cannot be overridden: ${method.name}`,
        );
      const fromClass = overridden.owner.form === "class" && overridden.owner !== objectInfo;
      if (fromClass && !marked)
        throw new ApexCompileError(node.at, `Method must use the override keyword: ${method.name}`);
      if (fromClass && overridden.returns !== method.returns)
        throw new ApexCompileError(
          node.at,
          `Method ${method.name} must return ${overridden.returns.name}`,
        );
      method.root = overridden.root;
    } else if (marked && !overridesObject(method)) {
      throw new ApexCompileError(
        node.at,
        `Method does not override an ancestor method: ${method.name}`,
      );
    }
    info.dispatch.set(method.root, method);
  }
}

/** `toString`, `equals` and `hashCode` override what every object has. */
function overridesObject(method: MethodInfo): boolean {
  const own = objectInfo.methods.get(method.name.toLowerCase()) ?? [];
  return own.some((other) => sameParameters(other, method));
}

function findOverridden(info: TypeInfo, method: MethodInfo): MethodInfo | null {
  const key = method.name.toLowerCase();
  for (let parent = info.superType; parent; parent = parent.info.superType) {
    const found = parent.info.methods
      .get(key)
      ?.find((other) => !other.static && sameParameters(other, method));
    if (found) return found;
  }
  return null;
}

/** Every interface method needs a body; calls through the interface go to it. */
function linkInterfaces(unit: ClassUnit): void {
  const { info } = unit;
  for (const type of ancestors(info.of())) {
    if (type.info.form !== "interface") continue;
    for (const method of [...type.info.methods.values()].flat()) {
      const body = findImplementation(info.of(), method, type);
      if (body) info.dispatch.set(method.root, info.dispatch.get(body.root) ?? body);
      else if (!info.abstract)
        throw new ApexCompileError(
          unit.node.at,
          `Class ${info.qualifiedName} must implement the method: ${method.returns.name} ${type.name}.${method.name}(${method.parameters.map((parameter) => substitute(parameter.type, type).name).join(", ")})`,
        );
    }
  }
  if (info.abstract) return;
  for (const [root, body] of info.dispatch) {
    if (body.abstract && root.owner.form === "class")
      throw new ApexCompileError(
        unit.node.at,
        `Class ${info.qualifiedName} must implement the abstract method: ${body.name}`,
      );
  }
}

function findImplementation(
  type: ApexType,
  contract: MethodInfo,
  through: ApexType,
): MethodInfo | null {
  const wanted = contract.parameters.map((parameter) => substitute(parameter.type, through));
  for (const owner of ancestors(type)) {
    if (owner.info.form === "interface") continue;
    const found = owner.info.methods
      .get(contract.name.toLowerCase())
      ?.find(
        (method) =>
          !method.static &&
          method.parameters.length === wanted.length &&
          method.parameters.every((parameter, index) => fits(parameter.type, wanted[index])),
      );
    if (found) return found;
  }
  return null;
}

/** Batchable.execute takes List<SObject>, and a class may declare List<Campaign>. */
function fits(own: ApexType, wanted: ApexType | undefined): boolean {
  if (own === wanted) return true;
  if (own.info !== wanted?.info || own.args.length === 0) return false;
  return own.arg(0).info.form === "sobject" && wanted.arg(0).info.form === "sobject";
}
