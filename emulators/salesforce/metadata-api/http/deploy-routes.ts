import express, { type Request, Router } from "express";
import { z } from "zod";
import type { RestContext } from "../../rest/rest-context.ts";
import { textParameter, userIdOf } from "../../rest/rest-context.ts";
import { notFound, RestError } from "../../rest/send-error.ts";
import type { DeployJob } from "../deploy/deploy-job.ts";
import { deployOptions } from "../deploy/deploy-options.ts";
import { readDeployZip } from "../deploy/read-package.ts";
import { deployResult } from "../deploy/deploy-result.ts";
import { type MetadataApi, mayUseMetadataApi, noAccess } from "../metadata-api.ts";
import { readMultipart } from "./read-multipart.ts";

const entity = z.object({ deployOptions: deployOptions });
const quickDeploy = z.object({ validatedDeployRequestId: z.string() });
const change = z.object({ deployResult: z.object({ status: z.literal("Canceling") }) });
const maxZip = "50mb";

/** `metadata/deployRequest`: deploying over REST, as `sf` does with `org-metadata-rest-deploy`. */
export function deployRoutes(context: RestContext, { deployments }: MetadataApi): Router {
  const router = Router({ mergeParams: true });
  const path = "/metadata/deployRequest";
  const require = (id: string): DeployJob => {
    const job = deployments.find(id);
    if (!job) throw notFound();
    return job;
  };
  const answer = (job: DeployJob, includeDetails: boolean): object => ({
    id: job.id,
    deployOptions: job.options,
    deployResult: deployResult(context.org, job, includeDetails),
  });
  router.use("/metadata", (_request, response, next) => {
    if (!mayUseMetadataApi(context.org, userIdOf(response))) {
      throw new RestError(403, "INSUFFICIENT_ACCESS", noAccess);
    }
    next();
  });
  router.post(path, (request, response, next) => {
    const quick = quickDeploy.safeParse(request.body);
    if (!quick.success) {
      next();
      return;
    }
    const id = quick.data.validatedDeployRequestId;
    const job = deployments.requestValidated(userIdOf(response), id);
    if (!job) throw new RestError(400, "INVALID_ID_FIELD", `No recent validation has the Id ${id}`);
    response.status(201).json(answer(job, false));
  });
  router.post(path, express.raw({ type: "multipart/*", limit: maxZip }), (request, response) => {
    const { options, zip } = readDeployForm(request);
    const job = deployments.request(userIdOf(response), options, () => readDeployZip(zip));
    response.status(201).json(answer(job, false));
  });
  router.get(`${path}/:id`, (request, response) => {
    const includeDetails = textParameter(request.query.includeDetails) === "true";
    response.json(answer(require(request.params.id), includeDetails));
  });
  router.patch(`${path}/:id`, (request, response) => {
    const job = require(request.params.id);
    if (!change.safeParse(request.body).success) {
      throw new RestError(400, "INVALID_INPUT", "Only a status of Canceling can be set");
    }
    deployments.cancel(job, userIdOf(response));
    response.status(202).json(answer(job, false));
  });
  return router;
}

function readDeployForm(request: Request): {
  readonly options: z.infer<typeof deployOptions>;
  readonly zip: Buffer;
} {
  const body: unknown = request.body;
  const parts = readMultipart(
    request.headers["content-type"] ?? "",
    Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  );
  const zip = parts.find(({ name }) => name === "file")?.content;
  const json = parts.find(({ name }) => name !== "file")?.content.toString("utf8");
  const parsed = entity.safeParse(JSON.parse(json ?? "null"));
  if (!zip || !parsed.success) {
    throw new RestError(
      400,
      "INVALID_INPUT",
      "A deploy request needs deployOptions and a zip file",
    );
  }
  return { options: parsed.data.deployOptions, zip };
}
