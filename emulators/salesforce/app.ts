import type { IncomingMessage } from "node:http";
import express, { type Express } from "express";
import type { ApexEngine } from "./apex/engine.ts";
import type { Lightning } from "./lightning/lightning-pages.ts";
import { lightningRoutes } from "./lightning/lightning-routes.ts";
import { deployRoutes } from "./metadata-api/http/deploy-routes.ts";
import { metadataSoapRoutes } from "./metadata-api/http/soap-routes.ts";
import type { MetadataApi } from "./metadata-api/metadata-api.ts";
import { pageRoutes } from "./pages/campaign-pages.ts";
import type { ControlContext } from "./control/control-context.ts";
import { controlRoutes } from "./control/control-routes.ts";
import { apexSoapRoutes } from "./tooling/apex-soap-routes.ts";
import { toolingRoutes } from "./tooling/tooling-routes.ts";
import { apexMethodRoutes } from "./rest/apex-methods.ts";
import { authenticate, sendLimitInfo } from "./rest/authenticate.ts";
import { bulkIngestRoutes } from "./rest/bulk-ingest.ts";
import { bulkQueryRoutes } from "./rest/bulk-query.ts";
import { changeRoutes } from "./rest/changes.ts";
import { collectionRoutes } from "./rest/collections.ts";
import { compositeRoutes } from "./rest/composite.ts";
import { countRequests } from "./rest/count-requests.ts";
import { describeRoutes } from "./rest/describe.ts";
import { oauthRoutes } from "./rest/oauth.ts";
import { orgInfoRoutes, versionList } from "./rest/org-info.ts";
import { queryRoutes } from "./rest/query.ts";
import { recordTreeRoutes } from "./rest/record-tree.ts";
import { retrieveRoutes } from "./rest/retrieve-collection.ts";
import { rowRoutes } from "./rest/rows.ts";
import { singleAccessRoutes } from "./rest/single-access.ts";
import { notFound, RestError, sendError } from "./rest/send-error.ts";
import { strikeFaults, takeTime } from "./rest/strike-faults.ts";
import { uiApiRoutes } from "./rest/ui-api.ts";

export interface RestParts {
  readonly context: ControlContext;
  readonly apex: ApexEngine;
  readonly lightning: Lightning;
  readonly metadata: MetadataApi;
}

/** The HTTP surface but for the stream: sign-in, data, pages, controls. */
export function createRestApp({ context, apex, lightning, metadata }: RestParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use("/emulator", controlRoutes(context));
  app.use("/services/oauth2", (request, _response, next) => {
    context.stats.countRequest(`oauth${request.path.replace("/", ".")}`);
    next();
  });
  const isJson = ({ headers }: IncomingMessage): boolean =>
    !/^(multipart\/|text\/csv)/i.test(headers["content-type"] ?? "");
  app.use("/services/data", express.json({ limit: "50mb", type: isJson }));
  app.use("/services", strikeFaults(context));
  app.use(singleAccessRoutes(context));
  app.use(oauthRoutes(context));
  app.use(apexSoapRoutes(context, apex));
  app.use(metadataSoapRoutes(context, metadata));
  app.get("/services/data", (_request, response) => {
    response.json(versionList(context.apiVersion));
  });
  app.use(
    "/services/data/v:version",
    (request, _response, next) => {
      const version = String(request.params.version);
      const known = /^\d+\.0$/.test(version);
      if (!known || Number(version) > Number(context.apiVersion)) throw notFound();
      next();
    },
    countRequests(context),
    sendLimitInfo(context),
    authenticate(context),
    takeTime(context),
    orgInfoRoutes(context),
    deployRoutes(context, metadata),
    toolingRoutes(context, apex),
    bulkIngestRoutes(context),
    recordTreeRoutes(context),
    queryRoutes(context),
    bulkQueryRoutes(context),
    collectionRoutes(context),
    compositeRoutes(context),
    retrieveRoutes(context),
    uiApiRoutes(context),
    describeRoutes(context),
    changeRoutes(context),
    rowRoutes(context),
  );
  app.use("/services", () => {
    throw new RestError(404, "NOT_FOUND", "The requested resource does not exist");
  });
  app.use(lightningRoutes(context, lightning));
  app.use(pageRoutes(context, lightning));
  app.use(apexMethodRoutes(context, apex));
  app.use(sendError);
  return app;
}
