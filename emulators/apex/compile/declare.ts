/** From syntax to declarations: types first, then what they extend, then their members. */
import { ApexCompileError, unsupported } from "../errors.ts";
import type {
  Annotation,
  BlockNode,
  ConstructorNode,
  ExpressionNode,
  MethodNode,
  Modifiers,
  Node,
  PropertyNode,
  TypeDeclarationNode,
} from "../syntax/ast.ts";
import type { Runtime } from "../run/runtime.ts";
import { exceptionInfo, voidType } from "../types/builtin.ts";
import { type Access, type FieldInfo, type MethodInfo, TypeInfo } from "../types/type.ts";
import { EnumValue } from "../values/value.ts";
import { linkLibrary } from "../intrinsics/define.ts";
import { addEnumStatics } from "../intrinsics/enum-statics.ts";
import type { Program } from "../program/program.ts";

export type InitializerStep =
  | (Node & { readonly kind: "block"; readonly static: boolean; readonly body: BlockNode })
  | (Node & {
      readonly kind: "field";
      readonly static: boolean;
      readonly field: FieldInfo;
      readonly initial: ExpressionNode;
    });

/** One class on its way from syntax to closures. */
export interface ClassUnit {
  readonly info: TypeInfo;
  readonly node: TypeDeclarationNode;
  readonly inTest: boolean;
  readonly methods: [MethodInfo, MethodNode][];
  readonly constructors: [MethodInfo, ConstructorNode | null][];
  readonly properties: [FieldInfo, PropertyNode][];
  readonly initializers: InitializerStep[];
}

/** Makes the types of one file, inner ones after their outer one. */
export function declareTypes(
  program: Program,
  node: TypeDeclarationNode,
  outer: ClassUnit | null,
): ClassUnit[] {
  const info = new TypeInfo(node.name, node.form, outer ? { outer: outer.info } : {});
  const { words, annotations } = node.modifiers;
  info.access = accessOf(node.modifiers, outer ? "private" : "public");
  info.abstract = words.has("abstract") || node.form === "interface";
  info.virtual = words.has("virtual") || info.abstract;
  info.testClass = annotations.some((item) => item.name === "istest") || (outer?.inTest ?? false);
  info.sharing = declaredSharing(words);
  info.index = program.classes.length;
  program.classes.push(info);
  const key = node.name.toLowerCase();
  const siblings = outer ? outer.info.inner : program.types;
  if (siblings.has(key)) throw new ApexCompileError(node.at, `Duplicate class name: ${node.name}`);
  siblings.set(key, info);
  info.enumValues.push(...node.constants.map((name, index) => new EnumValue(info, name, index)));
  if (node.form === "enum") {
    addEnumStatics(info);
    linkLibrary();
  }
  const unit: ClassUnit = {
    info,
    node,
    inTest: info.testClass,
    methods: [],
    constructors: [],
    properties: [],
    initializers: [],
  };
  const inner = node.members.flatMap((member) =>
    member.kind === "type" ? declareTypes(program, member, unit) : [],
  );
  return [unit, ...inner];
}

function declaredSharing(words: ReadonlySet<string>): TypeInfo["sharing"] {
  for (const kind of ["with", "without", "inherited"] as const)
    if (words.has(`${kind}sharing`)) return kind;
  return null;
}

function accessOf(modifiers: Modifiers, otherwise: Access): Access {
  for (const access of ["global", "public", "protected", "private"] as const)
    if (modifiers.words.has(access)) return access;
  return modifiers.words.has("webservice") ? "global" : otherwise;
}

/** What the class extends and implements. */
export function declareParents(program: Program, unit: ClassUnit): void {
  const { info, node } = unit;
  const scope = info;
  if (node.extends) {
    const parent = program.resolve(node.extends, scope);
    if (parent.info.form !== "class")
      throw new ApexCompileError(node.at, `${parent.name} cannot be extended`);
    const extendable =
      parent.info === exceptionInfo || parent.info.virtual || isException(parent.info);
    if (!extendable)
      throw new ApexCompileError(
        node.at,
        `Non-virtual and non-abstract type cannot be extended: ${parent.name}`,
      );
    info.superType = parent;
  }
  info.interfaces = node.implements.map((item) => {
    const type = program.resolve(item, scope);
    if (type.info.form !== "interface")
      throw new ApexCompileError(item.at, `${type.name} is not an interface`);
    return type;
  });
  const exceptionName = /Exception$/.test(info.name);
  if (info.superType && isException(info.superType.info) && !exceptionName)
    throw new ApexCompileError(
      node.at,
      `Exception class must end with the word Exception: ${info.name}`,
    );
}

function isException(info: TypeInfo): boolean {
  return info === exceptionInfo || (info.superType !== null && isException(info.superType.info));
}

function annotationMap(
  annotations: readonly Annotation[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map(annotations.map((item) => [item.name, item.parameters]));
}

/** Fields, properties, methods and constructors with their types. */
export function declareMembers(program: Program, unit: ClassUnit): void {
  const { info, node } = unit;
  for (const member of node.members) {
    switch (member.kind) {
      case "type":
        break;
      case "initializer":
        unit.initializers.push({
          kind: "block",
          at: member.at,
          static: member.static,
          body: member.body,
        });
        break;
      case "field":
      case "property": {
        const field = makeField(program, info, member);
        const key = member.name.toLowerCase();
        if (info.fields.has(key))
          throw new ApexCompileError(member.at, `Field already exists: ${member.name}`);
        info.fields.set(key, field);
        if (member.kind === "property") unit.properties.push([field, member]);
        else if (member.initial)
          unit.initializers.push({
            kind: "field",
            at: member.at,
            static: field.static,
            field,
            initial: member.initial,
          });
        break;
      }
      case "method": {
        const method = makeMethod(program, info, member);
        const key = member.name.toLowerCase();
        const overloads = info.methods.get(key) ?? [];
        if (overloads.some((other) => sameParameters(other, method)))
          throw new ApexCompileError(member.at, `Method already defined: ${member.name}`);
        info.methods.set(key, [...overloads, method]);
        unit.methods.push([method, member]);
        break;
      }
      case "constructor":
        addConstructor(program, unit, member);
    }
  }
  if (info.constructors.length === 0 && node.form === "class") {
    if (isException(info)) return;
    addConstructor(program, unit, null);
  }
}

function addConstructor(program: Program, unit: ClassUnit, node: ConstructorNode | null): void {
  const access = node ? accessOf(node.modifiers, "private") : "public";
  const method = linkSelf({
    name: "<init>",
    owner: unit.info,
    static: false,
    access,
    testVisible: node?.modifiers.annotations.some((item) => item.name === "testvisible") ?? false,
    parameters: (node?.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      type: program.resolve(parameter.type, unit.info),
      nullable: true,
    })),
    returns: unit.info.of(),
    abstract: false,
    virtual: false,
    annotations: annotationMap(node?.modifiers.annotations ?? []),
    invoke: () => null,
  });
  unit.info.constructors.push(method);
  unit.constructors.push([method, node]);
}

function linkSelf(method: Omit<MethodInfo, "root">): MethodInfo {
  const linked = method as MethodInfo;
  linked.root = linked;
  return linked;
}

function makeMethod(program: Program, info: TypeInfo, node: MethodNode): MethodInfo {
  const { words, annotations } = node.modifiers;
  const isInterface = info.form === "interface";
  if (words.has("webservice")) throw unsupported(node.at, "webservice methods");
  const abstract = words.has("abstract") || isInterface;
  if (!abstract && !node.body)
    throw new ApexCompileError(node.at, `Method must have a body: ${node.name}`);
  return linkSelf({
    name: node.name,
    owner: info,
    static: words.has("static"),
    access: isInterface ? "global" : accessOf(node.modifiers, "private"),
    testVisible: annotations.some((item) => item.name === "testvisible"),
    parameters: node.parameters.map((parameter) => ({
      name: parameter.name,
      type: program.resolve(parameter.type, info),
      nullable: true,
    })),
    returns: node.returns ? program.resolve(node.returns, info) : voidType,
    abstract,
    virtual: abstract || words.has("virtual") || words.has("override"),
    annotations: annotationMap(annotations),
    invoke: (rt: Runtime) => {
      throw rt.error("TypeException", `${info.qualifiedName}.${node.name} has no body`);
    },
  });
}

function makeField(
  program: Program,
  info: TypeInfo,
  node: Extract<TypeDeclarationNode["members"][number], { kind: "field" | "property" }>,
): FieldInfo {
  const { words, annotations } = node.modifiers;
  const isStatic = words.has("static");
  const access = accessOf(node.modifiers, "private");
  const property = node.kind === "property" ? node : null;
  const slot = isStatic ? info.staticSlotCount++ : -2;
  return {
    name: node.name,
    owner: info,
    static: isStatic,
    access,
    writeAccess: property?.setter ? accessOf(property.setter.modifiers, access) : access,
    testVisible: annotations.some((item) => item.name === "testvisible"),
    type: program.resolve(node.type, info),
    final: words.has("final"),
    transient: words.has("transient"),
    annotations: annotationMap(annotations),
    slot,
    readable: property ? property.getter !== null : true,
    writable: property ? property.setter !== null : true,
    getter: null,
    setter: null,
  };
}

export function sameParameters(left: MethodInfo, right: MethodInfo): boolean {
  return (
    left.parameters.length === right.parameters.length &&
    left.parameters.every((parameter, index) => parameter.type === right.parameters[index]?.type)
  );
}
