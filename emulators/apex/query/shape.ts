/** What a query asks for: read from its tree, checked against the schema. */
import { QueryProblem } from "./query-problem.ts";
import { parseQuery, type Query } from "@jetstreamapp/soql-parser-js";
import type { Program } from "../program/program.ts";
import { findRecordMember } from "../program/record-member.ts";
import type { ObjectDescribe } from "../ports.ts";
import type { ApexType, TypeInfo } from "../types/type.ts";

export interface QueryShape {
  readonly info: TypeInfo;
  readonly object: ObjectDescribe;
  readonly countOnly: boolean;
  readonly aggregate: boolean;
  readonly query: Query;
}

export { QueryProblem };

export function readShape(program: Program, text: string): QueryShape {
  const query = parse(text);
  const name = query.sObject ?? "";
  const info = program.sobject(name);
  if (!info?.object) throw new QueryProblem(`sObject type '${name}' is not supported.`);
  checkFields(program, info.of(), query);
  const functions = (query.fields ?? []).filter(
    (field) => field.type === "FieldFunctionExpression",
  );
  const [first] = functions;
  const countOnly =
    query.groupBy === undefined &&
    query.fields?.length === 1 &&
    first?.functionName.toUpperCase() === "COUNT" &&
    first.parameters.length === 0;
  const aggregate =
    !countOnly && (query.groupBy !== undefined || functions.some((field) => field.isAggregateFn));
  return { info, object: info.object, countOnly, aggregate, query };
}

function parse(text: string): Query {
  try {
    // Without the second option the library builds a new parser for each query: 40 ms.
    return parseQuery(text, { allowApexBindVariables: true, ignoreParseErrors: false });
  } catch (error) {
    throw new QueryProblem(error instanceof Error ? error.message : String(error));
  }
}

function checkFields(program: Program, type: ApexType, query: Query): void {
  const alias = query.sObjectAlias;
  for (const field of query.fields ?? []) {
    switch (field.type) {
      case "Field":
        checkPath(program, type, [field.field], alias);
        break;
      case "FieldRelationship":
        checkPath(program, type, [...field.relationships, field.field], alias);
        break;
      case "FieldFunctionExpression":
        for (const parameter of field.parameters)
          if (typeof parameter === "string" && field.functionName.toUpperCase() !== "FIELDS")
            checkPath(program, type, parameter.split("."), alias);
        break;
      case "FieldSubquery": {
        const name = field.subquery.relationshipName;
        const child = findRecordMember(program, type, name);
        if (!child || child.field || child.parent)
          throw new QueryProblem(
            `Didn't understand relationship '${name}' in FROM part of query call.`,
          );
        checkFields(program, child.type.arg(0), field.subquery);
        break;
      }
      case "FieldTypeof":
        throw new QueryProblem("TYPEOF is not supported by the Apex engine");
    }
  }
  checkClause(program, type, query.where, alias);
  for (const order of [query.orderBy ?? []].flat())
    if ("field" in order) checkPath(program, type, order.field.split("."), alias);
    else
      for (const parameter of order.fn.parameters ?? [])
        if (typeof parameter === "string") checkPath(program, type, parameter.split("."), alias);
}

interface ClauseNode {
  readonly left?: { readonly field?: string } | null;
  readonly right?: ClauseNode;
}

function checkClause(
  program: Program,
  type: ApexType,
  clause: unknown,
  alias: string | undefined,
): void {
  for (let at = clause as ClauseNode | undefined; at; at = at.right) {
    const field = at.left?.field;
    if (typeof field === "string") checkPath(program, type, field.split("."), alias);
  }
}

function checkPath(
  program: Program,
  start: ApexType,
  path: readonly string[],
  alias: string | undefined,
): void {
  const first = path[0]?.toLowerCase();
  const prefixed =
    path.length > 1 &&
    first !== undefined &&
    (first === alias?.toLowerCase() || first === start.info.name.toLowerCase());
  const names = prefixed ? path.slice(1) : path;
  let type = start;
  names.forEach((name, index) => {
    const member = findRecordMember(program, type, name);
    const last = index === names.length - 1;
    if (!member || (last ? !member.field : !member.parent))
      throw new QueryProblem(
        last
          ? `No such column '${name}' on entity '${type.name}'.`
          : `Didn't understand relationship '${name}' in field path.`,
      );
    type = member.type;
  });
}
