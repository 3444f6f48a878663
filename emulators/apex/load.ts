/** Source files to a program that can run. Everything that can be checked is checked here. */
import { ApexCompileError, withEach } from "./errors.ts";
import { addCustomMetadataMembers } from "./library/custom-metadata.ts";
import { loadLibrary } from "./library/index.ts";
import type { ApexPlatform } from "./ports.ts";
import type { Runtime } from "./run/runtime.ts";
import type { BlockNode, ExpressionNode, TriggerNode } from "./syntax/ast.ts";
import type { SyntaxFile } from "./syntax/syntax-files.ts";
import { voidType } from "./types/builtin.ts";
import type { ApexType, Sharing } from "./types/type.ts";
import type { Value } from "./values/value.ts";
import { compileClassBody, invokeBody } from "./compile/class-body.ts";
import { type ClassUnit, declareMembers, declareParents, declareTypes } from "./compile/declare.ts";
import { layOut, parentsFirst } from "./compile/hierarchy.ts";
import { Program } from "./program/program.ts";
import { type BodyContext, Scope } from "./compile/scope.ts";
import { compilers } from "./compile/compilers.ts";
import { compileBlock } from "./compile/statement.ts";
import { compileExpression } from "./compile/expression.ts";

/**
 * Compiles the files into one program.
 * @throws ApexCompileError for the first thing of a file that is not there or is not supported, with file,
 * line and column; ApexCompileErrors when there are several such files
 */
export function loadProgram(files: readonly SyntaxFile[], platform: ApexPlatform): Program {
  loadLibrary();
  const program = new Program(platform, addCustomMetadataMembers);
  const units: ClassUnit[] = [];
  const triggers: { readonly node: TriggerNode; readonly path: string }[] = [];
  for (const file of files) {
    const { node, path } = file;
    if (node.kind === "trigger") {
      triggers.push({ node, path });
      continue;
    }
    const declared = declareTypes(program, node, null);
    for (const unit of declared) program.files.set(unit.info, file.path);
    units.push(...declared);
  }
  for (const unit of units) declareParents(program, unit);
  const ordered = parentsFirst(units);
  for (const unit of ordered) declareMembers(program, unit);
  for (const unit of ordered) layOut(unit);
  withEach([...ordered, ...triggers], (part) => {
    if ("info" in part) compileClassBody(program, part);
    else loadTrigger(program, part.node, part.path);
  });
  return program;
}

function loadTrigger(program: Program, node: TriggerNode, path: string): void {
  const object = program.sobject(node.object);
  if (!object) throw new ApexCompileError(node.at, `Invalid sObject type: ${node.object}`);
  const context: BodyContext = {
    // Triggers run without sharing, for every user.
    ...looseContext(program, `Trigger.${node.name}`, "without"),
    triggerObject: object,
  };
  const run = invokeBody(context, compileBlock(new Scope(context), node.body));
  program.triggers.push({
    name: node.name,
    file: path,
    object: object.name,
    events: new Set(node.events),
    run: (rt) => void run(rt, null, []),
  });
}

function looseContext(program: Program, label: string, sharing: Sharing): BodyContext {
  return {
    program,
    compilers,
    info: null,
    static: true,
    returns: voidType,
    label,
    sharing,
    initializing: false,
    inTest: false,
    triggerObject: null,
    slots: 0,
  };
}

/** Statements as Execute Anonymous runs them. */
export function compileAnonymous(program: Program, block: BlockNode): (rt: Runtime) => void {
  const context = { ...looseContext(program, "AnonymousBlock", "with"), inTest: true };
  const run = invokeBody(context, compileBlock(new Scope(context), block));
  return (rt) => void run(rt, null, []);
}

/** One expression over the program's types. */
export function compileSource(
  program: Program,
  expression: ExpressionNode,
): { readonly type: ApexType; run(rt: Runtime): Value } {
  const context = { ...looseContext(program, "AnonymousBlock", "with"), inTest: true };
  const typed = compileExpression(new Scope(context), expression);
  const run = invokeBody(context, (frame) => {
    frame.result = typed.run(frame);
    return 3;
  });
  return { type: typed.type, run: (rt) => run(rt, null, []) };
}
