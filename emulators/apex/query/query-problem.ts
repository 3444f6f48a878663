/** A query that cannot be: unknown object or field, or a syntax the parser refuses. */
export class QueryProblem extends Error {}
