/** ANTLR type and member declarations to the tree of `ast.ts`. */
import type {
  ClassBodyDeclarationContext,
  ClassDeclarationContext,
  EnumDeclarationContext,
  FormalParametersContext,
  InterfaceDeclarationContext,
  MemberDeclarationContext,
  PropertyDeclarationContext,
  TypeDeclarationContext,
} from "@apexdevtools/apex-parser";
import { unsupported } from "../errors.ts";
import type {
  AccessorNode,
  MemberNode,
  MethodNode,
  Modifiers,
  ParameterNode,
  PropertyNode,
  TypeDeclarationNode,
} from "./ast.ts";
import { buildBlock } from "./build-statement.ts";
import { buildExpression } from "./build-expression.ts";
import { optional, positionOf, readModifiers, readType } from "./tokens.ts";

export function buildTypeDeclaration(
  file: string,
  context: TypeDeclarationContext,
): TypeDeclarationNode {
  const modifiers = readModifiers(context.modifier_list());
  const declared = optional(context.classDeclaration());
  if (declared) return buildClass(file, declared, modifiers);
  const contract = optional(context.interfaceDeclaration());
  if (contract) return buildInterface(file, contract, modifiers);
  return buildEnum(file, context.enumDeclaration(), modifiers);
}

function buildClass(
  file: string,
  context: ClassDeclarationContext,
  modifiers: Modifiers,
): TypeDeclarationNode {
  const parent = optional(context.typeRef());
  const contracts = optional(context.typeList())?.typeRef_list() ?? [];
  return {
    kind: "type",
    form: "class",
    at: positionOf(file, context),
    name: context.id().getText(),
    modifiers,
    extends: parent && readType(file, parent),
    implements: contracts.map((item) => readType(file, item)),
    members: context
      .classBody()
      .classBodyDeclaration_list()
      .flatMap((item) => buildBodyMember(file, item)),
    constants: [],
  };
}

function buildInterface(
  file: string,
  context: InterfaceDeclarationContext,
  modifiers: Modifiers,
): TypeDeclarationNode {
  const parents = optional(context.typeList())?.typeRef_list() ?? [];
  const members = context
    .interfaceBody()
    .interfaceMethodDeclaration_list()
    .map((method): MethodNode => {
      const returns = optional(method.typeRef());
      return {
        kind: "method",
        at: positionOf(file, method),
        name: method.id().getText(),
        modifiers: { words: new Set(["public", "abstract"]), annotations: [] },
        parameters: readParameters(file, method.formalParameters()),
        returns: returns && readType(file, returns),
        body: null,
      };
    });
  return {
    kind: "type",
    form: "interface",
    at: positionOf(file, context),
    name: context.id().getText(),
    modifiers,
    extends: null,
    implements: parents.map((item) => readType(file, item)),
    members,
    constants: [],
  };
}

function buildEnum(
  file: string,
  context: EnumDeclarationContext,
  modifiers: Modifiers,
): TypeDeclarationNode {
  const constants = optional(context.enumConstants())?.id_list() ?? [];
  return {
    kind: "type",
    form: "enum",
    at: positionOf(file, context),
    name: context.id().getText(),
    modifiers,
    extends: null,
    implements: [],
    members: [],
    constants: constants.map((id) => id.getText()),
  };
}

function buildBodyMember(file: string, context: ClassBodyDeclarationContext): MemberNode[] {
  const block = optional(context.block());
  if (block) {
    const at = positionOf(file, context);
    const isStatic = optional(context.STATIC()) !== null;
    return [{ kind: "initializer", at, static: isStatic, body: buildBlock(file, block) }];
  }
  const member = optional(context.memberDeclaration());
  return member ? buildMember(file, member, readModifiers(context.modifier_list())) : [];
}

/** The members a trigger body may hold lack constructors; everything else is as in a class. */
export type AnyMember = Omit<MemberDeclarationContext, "constructorDeclaration"> &
  Partial<Pick<MemberDeclarationContext, "constructorDeclaration">>;

export function buildMember(file: string, member: AnyMember, modifiers: Modifiers): MemberNode[] {
  const method = optional(member.methodDeclaration());
  if (method) {
    const returns = optional(method.typeRef());
    const body = optional(method.block());
    return [
      {
        kind: "method",
        at: positionOf(file, method.id()),
        name: method.id().getText(),
        modifiers,
        parameters: readParameters(file, method.formalParameters()),
        returns: returns && readType(file, returns),
        body: body && buildBlock(file, body),
      },
    ];
  }
  const maker = member.constructorDeclaration && optional(member.constructorDeclaration());
  if (maker) {
    return [
      {
        kind: "constructor",
        at: positionOf(file, maker),
        modifiers,
        parameters: readParameters(file, maker.formalParameters()),
        body: buildBlock(file, maker.block()),
      },
    ];
  }
  const field = optional(member.fieldDeclaration());
  if (field) {
    const type = readType(file, field.typeRef());
    return field
      .variableDeclarators()
      .variableDeclarator_list()
      .map((variable) => {
        const initial = optional(variable.expression());
        return {
          kind: "field",
          at: positionOf(file, variable),
          name: variable.id().getText(),
          modifiers,
          type,
          initial: initial && buildExpression(file, initial),
        };
      });
  }
  const property = optional(member.propertyDeclaration());
  if (property) return [buildProperty(file, property, modifiers)];
  const inner = optional(member.classDeclaration());
  if (inner) return [buildClass(file, inner, modifiers)];
  const contract = optional(member.interfaceDeclaration());
  if (contract) return [buildInterface(file, contract, modifiers)];
  const choice = optional(member.enumDeclaration());
  if (choice) return [buildEnum(file, choice, modifiers)];
  throw unsupported(positionOf(file, member), "this member");
}

function buildProperty(
  file: string,
  context: PropertyDeclarationContext,
  modifiers: Modifiers,
): PropertyNode {
  let getter: AccessorNode | null = null;
  let setter: AccessorNode | null = null;
  for (const block of context.propertyBlock_list()) {
    const words = readModifiers(block.modifier_list());
    const at = positionOf(file, block);
    const get = optional(block.getter());
    const accessor = get ?? block.setter();
    const body = optional(accessor.block());
    const node: AccessorNode = { at, modifiers: words, body: body && buildBlock(file, body) };
    if (get) getter = node;
    else setter = node;
  }
  return {
    kind: "property",
    at: positionOf(file, context),
    name: context.id().getText(),
    modifiers,
    type: readType(file, context.typeRef()),
    getter,
    setter,
  };
}

function readParameters(file: string, context: FormalParametersContext): ParameterNode[] {
  const list = optional(context.formalParameterList())?.formalParameter_list() ?? [];
  return list.map((parameter) => ({
    at: positionOf(file, parameter),
    name: parameter.id().getText(),
    type: readType(file, parameter.typeRef()),
  }));
}
