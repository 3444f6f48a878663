/**
 * Checks HTTP exchanges against an OpenAPI 3.1 file. Objects marked `x-closed` there may hold
 * nothing that isn't described.
 */
import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { z } from "zod";

export interface HttpExchange {
  readonly method: string;
  /** Path below the server's address, with its query. */
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Undefined when the answer was empty. */
  readonly responseBody?: unknown;
}

const content = z.record(z.string(), z.object({ schema: z.unknown() })).optional();
const parameter = z.object({
  name: z.string(),
  in: z.enum(["query", "path", "header"]),
  required: z.boolean().default(false),
  schema: z.unknown(),
});
const operation = z.object({
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(
    z.string(),
    z.object({
      content,
      headers: z.record(z.string(), z.object({ schema: z.unknown() })).optional(),
    }),
  ),
});
type Operation = z.infer<typeof operation>;

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;

const documentId = "https://openapi.invalid/document";

export class OpenApi {
  readonly #document: Json;
  readonly #ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false });
  readonly #validators = new Map<unknown, ValidateFunction>();

  constructor(file: string) {
    this.#document = z
      .record(z.string(), z.unknown())
      .parse(closed(parse(readFileSync(file, "utf8"))));
    addFormats(this.#ajv);
    this.#ajv.addSchema({ $id: documentId, ...this.#document });
  }

  /** What is wrong, in words; empty when nothing is. A refused request may be malformed. */
  violationsOf(exchange: HttpExchange): string[] {
    const url = new URL(exchange.path, "http://path");
    const found = this.#findOperation(exchange.method, url.pathname);
    if (!found) return [`${exchange.method} ${url.pathname} is not in the document`];
    const answer = this.#violationsOfAnswer(found, exchange);
    return exchange.status < 400
      ? [...this.#violationsOfRequest(found, exchange, url.searchParams), ...answer]
      : answer;
  }

  /** The same for a webhook, by its name in the document. */
  violationsOfWebhook(
    name: string,
    headers: Readonly<Record<string, string>>,
    body: unknown,
  ): string[] {
    const webhooks = this.#document["webhooks"];
    const item = isJson(webhooks) ? webhooks[name] : undefined;
    if (!isJson(item)) return [`there is no webhook ${name} in the document`];
    const found = operation.parse(this.#resolved(item["post"]));
    const exchange = { method: "POST", path: "/", requestHeaders: headers, requestBody: body };
    return this.#violationsOfRequest(
      found,
      { ...exchange, status: 200, responseHeaders: {} },
      new URLSearchParams(),
    );
  }

  #violationsOfRequest(found: Operation, exchange: HttpExchange, query: URLSearchParams): string[] {
    const problems: string[] = [];
    for (const { name, in: place, required, schema } of found.parameters) {
      if (place === "path") continue;
      const given =
        place === "query" ? query.get(name) : exchange.requestHeaders[name.toLowerCase()];
      if (given != null)
        problems.push(...this.#check(schema, coerced(given, schema), `${place} ${name}`));
      else if (required) problems.push(`${place} ${name} is missing`);
    }
    const known = found.parameters.map(({ name }) => name);
    const unknown = [...query.keys()].filter((name) => !known.includes(name));
    problems.push(...unknown.map((name) => `query ${name} is not in the document`));
    const schema = found.requestBody?.content?.["application/json"]?.schema;
    if (schema !== undefined)
      problems.push(...this.#check(schema, exchange.requestBody, "request"));
    else if (exchange.requestBody !== undefined) problems.push("request: no body is described");
    return problems;
  }

  #violationsOfAnswer(found: Operation, exchange: HttpExchange): string[] {
    const { status, responseBody, responseHeaders } = exchange;
    const range = `${String(status).slice(0, 1)}XX`;
    const described = found.responses[String(status)] ?? found.responses[range];
    if (!described) return [`status ${status} is not in the document`];
    const problems: string[] = [];
    for (const [name, { schema }] of Object.entries(described.headers ?? {})) {
      const given = responseHeaders[name.toLowerCase()];
      if (given !== undefined) problems.push(...this.#check(schema, given, `header ${name}`));
    }
    const schema = described.content?.["application/json"]?.schema;
    if (schema !== undefined) return [...problems, ...this.#check(schema, responseBody, "answer")];
    return responseBody === undefined ? problems : [...problems, "answer: no body is described"];
  }

  #check(schema: unknown, value: unknown, where: string): string[] {
    let validate = this.#validators.get(schema);
    if (!validate) {
      validate = this.#ajv.compile(absoluteRefs(schema) as Json);
      this.#validators.set(schema, validate);
    }
    if (validate(value ?? null)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${where}${instancePath}: ${message ?? "is wrong"} ${JSON.stringify(params)}`,
    );
  }

  readonly #operations = new Map<string, Operation>();

  #findOperation(method: string, path: string): Operation | undefined {
    const paths = this.#document["paths"] as Json;
    for (const [template, item] of Object.entries(paths)) {
      const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
      const described = isJson(item) ? item[method.toLowerCase()] : undefined;
      if (!pattern.test(path) || !isJson(described) || !isJson(item)) continue;
      const key = `${method} ${template}`;
      const found =
        this.#operations.get(key) ?? operation.parse(this.#resolved(described, item["parameters"]));
      this.#operations.set(key, found);
      return found;
    }
    return undefined;
  }

  /** An operation with its references followed as far as schemas, which keep theirs. */
  #resolved(described: unknown, shared: unknown = []): unknown {
    const { parameters = [], requestBody, responses } = described as Record<string, unknown>;
    const entries = Object.entries(responses as Json).map(([status, response]) => [
      status,
      this.#follow(response),
    ]);
    return {
      parameters: [...(shared as unknown[]), ...(parameters as unknown[])].map((each) =>
        this.#follow(each),
      ),
      requestBody: this.#follow(requestBody),
      responses: Object.fromEntries(entries) as Json,
    };
  }

  #follow(value: unknown): unknown {
    if (!isJson(value) || typeof value["$ref"] !== "string") return value;
    const names = value["$ref"].replace(/^#\//, "").split("/");
    return names.reduce<unknown>(
      (place, name) => (isJson(place) ? place[name] : undefined),
      this.#document,
    );
  }
}

/** `x-closed` becomes the JSON Schema keyword that refuses what isn't described. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (!isJson(value)) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, closed(entry)] as const);
  const result: Record<string, unknown> = Object.fromEntries(entries);
  if (result["x-closed"] === true) result["unevaluatedProperties"] = false;
  return result;
}

/** A schema that stands alone still finds the document's components. */
function absoluteRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absoluteRefs);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) =>
      key === "$ref" && typeof entry === "string"
        ? [key, `${documentId}${entry}`]
        : [key, absoluteRefs(entry)],
    ),
  );
}

/** Query and header values are texts; numbers are read as such before they are checked. */
function coerced(given: string, schema: unknown): unknown {
  return isJson(schema) && schema["type"] === "integer" ? Number(given) : given;
}
