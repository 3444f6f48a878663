import { Router } from "express";
import { z } from "zod";
import type { ApexEngine } from "../apex/engine.ts";
import { findTests } from "../../apex/testing/find-tests.ts";
import { runTestResult } from "../metadata-api/deploy/deploy-result.ts";
import { columnsJson } from "../rest/query-columns.ts";
import { firstPage } from "../rest/query.ts";
import { type RestContext, textParameter, userIdOf, versionOf } from "../rest/rest-context.ts";
import { RestError } from "../rest/send-error.ts";
import { describeQuery } from "../soql/describe-query.ts";
import { runAnonymous } from "./anonymous-apex.ts";
import { toolingPage } from "./tooling-page.ts";
import { runTestsOf, startTestRun, type TestChoice } from "./test-runs.ts";

const names = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === "string" ? given.split(",") : given))
  .default([]);
const testOrder = z.looseObject({
  testLevel: z.string().optional(),
  classNames: names,
  classids: names,
  tests: z
    .array(
      z.looseObject({
        className: z.string().optional(),
        classId: z.string().optional(),
        testMethods: z.array(z.string()).optional(),
      }),
    )
    .default([]),
});

/** Tooling API: queries of Apex and its tests, runs of tests, Execute Anonymous. */
export function toolingRoutes(context: RestContext, apex: ApexEngine): Router {
  const router = Router({ mergeParams: true });
  const running = { org: context.org, apex };
  router.get("/tooling/query", (request, response) => {
    const soql = textParameter(request.query.q);
    if (soql === "") {
      throw new RestError(400, "MALFORMED_QUERY", "A query string has to be specified");
    }
    const userId = userIdOf(response);
    if (request.query.columns === "true") {
      response.json(columnsJson(describeQuery(context.org, userId, soql)));
      return;
    }
    const version = versionOf(request);
    const page = firstPage(context, { userId, soql, includeDeleted: false, version });
    response.json(toolingPage(page));
  });
  router.post("/tooling/runTestsAsynchronous", (request, response) => {
    const choice = choiceOf(context, apex, request.body);
    const known = findTests(apex.program).map(({ info }) => info.name);
    const isChosen = (name: string): boolean =>
      choice === "all" ||
      [...choice.keys()].some((chosen) => chosen.toLowerCase() === name.toLowerCase());
    const classNames = known.filter(isChosen);
    const jobId = startTestRun(running, userIdOf(response), choice, classNames);
    response.json(jobId.slice(0, 15));
  });
  router.post("/tooling/runTestsSynchronous", async (request, response) => {
    const choice = choiceOf(context, apex, request.body);
    const tests = await runTestsOf(running, userIdOf(response), choice);
    response.json(runTestResult({ tests, coverageWarnings: [] }));
  });
  router.get("/tooling/executeAnonymous", async (request, response) => {
    const source = textParameter(request.query.anonymousBody);
    const { log: _log, ...result } = await runAnonymous(apex, userIdOf(response), source);
    response.json(result);
  });
  return router;
}

/** @throws RestError when a class is not there, as an org says it */
function choiceOf({ org }: RestContext, apex: ApexEngine, body: unknown): TestChoice {
  const order = testOrder.parse(body);
  const nameOf = (id: string): string => String(org.store.get("ApexClass", id)?.Name ?? id);
  const chosen = new Map<string, readonly string[] | null>();
  for (const name of order.classNames) chosen.set(name, null);
  for (const id of order.classids) chosen.set(nameOf(id), null);
  for (const { className, classId, testMethods } of order.tests) {
    const name = className ?? nameOf(classId ?? "");
    chosen.set(name, testMethods ?? chosen.get(name) ?? null);
  }
  if (chosen.size === 0) return "all";
  const known = new Set(findTests(apex.program).map(({ info }) => info.name.toLowerCase()));
  const unknown = [...chosen.keys()].filter((name) => !known.has(name.toLowerCase()));
  if (unknown.length > 0) {
    const text = `This class name's value is invalid: ${unknown.join(", ")}. Provide the name of an Apex class that has test methods.`;
    throw new RestError(400, "INVALID_INPUT", text);
  }
  return chosen;
}
