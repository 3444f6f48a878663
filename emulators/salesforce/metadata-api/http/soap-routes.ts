import express, { type Response, Router } from "express";
import { z } from "zod";
import { activeUserOf } from "../../rest/authenticate.ts";
import { type RestContext, textParameter } from "../../rest/rest-context.ts";
import { deployOptions } from "../deploy/deploy-options.ts";
import { readDeployZip } from "../deploy/read-package.ts";
import { deployResult } from "../deploy/deploy-result.ts";
import { describeMetadata, listMetadata } from "../list-metadata.ts";
import { type MetadataApi, mayUseMetadataApi, noAccess } from "../metadata-api.ts";
import { readSoapCall, soapAnswer, type SoapCall, soapFault } from "./soap-envelope.ts";

const namespace = "http://soap.sforce.com/2006/04/metadata";
const maxBody = "100mb";

function noValidation(id: string): string {
  return `No recent validation with tests has the Id ${id}`;
}

/** Something that SOAP answers as a fault. */
class Fault extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const list = <Item extends z.ZodType>(item: Item) =>
  z.union([z.array(item), item.transform((one) => [one])]).default([]);
const deployCall = z.object({ ZipFile: z.string(), DeployOptions: deployOptions });
const idCall = z.looseObject({ asyncProcessId: z.string(), includeDetails: z.string().optional() });
const cancelCall = z.union([
  z.object({ id: z.string() }),
  z.object({ String: z.string() }).transform(({ String: id }) => ({ id })),
]);
const validationCall = z.looseObject({ validationId: z.string() });
const listCall = z.looseObject({
  queries: list(z.object({ type: z.string(), folder: z.string().optional() })),
});
const retrieveCall = z.looseObject({
  request: z.looseObject({
    apiVersion: z.string().optional(),
    singlePackage: z.string().optional(),
    unpackaged: z
      .looseObject({
        types: list(z.looseObject({ name: z.string(), members: list(z.string()) })),
        version: z.string().optional(),
      })
      .optional(),
  }),
});

type Operation = (call: SoapCall, userId: string, version: string) => unknown;

/** The Metadata API's SOAP endpoint, `/services/Soap/m/61.0`. */
export function metadataSoapRoutes(context: RestContext, api: MetadataApi): Router {
  const operations = operationsOf(context, api);
  const router = Router();
  const text = express.text({ type: () => true, limit: maxBody });
  router.post("/services/Soap/m/:version{/:org}", text, async (request, response) => {
    const call = readSoapCall(textParameter(request.body));
    if (!call) {
      sendFault(response, "UNKNOWN_EXCEPTION", "The request is no SOAP message");
      return;
    }
    context.stats.countRequest(`metadata.${call.operation}`);
    const userId = activeUserOf(context, call.sessionId);
    const operation = operations[call.operation];
    if (userId === null) {
      const words = "Invalid Session ID found in SessionHeader: Illegal Session";
      sendFault(response, "INVALID_SESSION_ID", words);
    } else if (!mayUseMetadataApi(context.org, userId)) {
      sendFault(response, "INSUFFICIENT_ACCESS", noAccess);
    } else if (!operation) {
      sendFault(response, "INVALID_TYPE", `The emulator has no operation ${call.operation}`);
    } else {
      await answer(response, call, () => operation(call, userId, request.params.version));
    }
  });
  return router;
}

async function answer(response: Response, call: SoapCall, work: () => unknown): Promise<void> {
  try {
    const result = await work();
    response.type("text/xml").send(soapAnswer(call.operation, namespace, result));
  } catch (error) {
    if (error instanceof Fault) sendFault(response, error.code, error.message);
    else if (error instanceof z.ZodError) {
      sendFault(response, "INVALID_TYPE", z.prettifyError(error));
    } else throw error;
  }
}

function sendFault(response: Response, code: string, message: string): void {
  response.status(500).type("text/xml").send(soapFault(code, message));
}

function operationsOf(
  context: RestContext,
  { deployments, retrievals, target }: MetadataApi,
): Readonly<Record<string, Operation>> {
  const requireJob = (id: string) => {
    const job = deployments.find(id);
    if (!job) throw new Fault("INVALID_ID_FIELD", `invalid cross reference id ${id}`);
    return job;
  };
  return {
    describeMetadata: () => describeMetadata(),
    listMetadata: ({ body }) => listMetadata(target, listCall.parse(body).queries),
    deploy: ({ body }, userId) => {
      const { ZipFile, DeployOptions } = deployCall.parse(body);
      const zip = Buffer.from(ZipFile, "base64");
      const job = deployments.request(userId, DeployOptions, () => readDeployZip(zip));
      return { done: false, id: job.id, state: "Queued" };
    },
    checkDeployStatus: ({ body }) => {
      const { asyncProcessId, includeDetails } = idCall.parse(body);
      return deployResult(context.org, requireJob(asyncProcessId), includeDetails === "true");
    },
    cancelDeploy: ({ body }, userId) => {
      const job = requireJob(cancelCall.parse(body).id);
      deployments.cancel(job, userId);
      return { id: job.id, done: job.status === "Canceled" };
    },
    deployRecentValidation: ({ body }, userId) => {
      const { validationId } = validationCall.parse(body);
      const job = deployments.requestValidated(userId, validationId);
      if (!job) throw new Fault("INVALID_ID_FIELD", noValidation(validationId));
      return job.id;
    },
    retrieve: ({ body }, _userId, version) => {
      const { request } = retrieveCall.parse(body);
      const components = (request.unpackaged?.types ?? []).flatMap(({ name, members }) =>
        members.map((fullName) => ({ type: name, fullName })),
      );
      const id = retrievals.request({
        components,
        version: request.unpackaged?.version ?? request.apiVersion ?? version,
        isSinglePackage: request.singlePackage === "true",
      });
      return { done: false, id, state: "Queued" };
    },
    checkRetrieveStatus: ({ body }) => {
      const { asyncProcessId } = idCall.parse(body);
      const result = retrievals.result(asyncProcessId);
      if (result === null) {
        throw new Fault("INVALID_ID_FIELD", `invalid cross reference id ${asyncProcessId}`);
      }
      return result;
    },
  };
}
