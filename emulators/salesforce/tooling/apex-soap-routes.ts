import express, { Router } from "express";
import type { ApexEngine } from "../apex/engine.ts";
import { readSoapCall, soapFault, toXml } from "../metadata-api/http/soap-envelope.ts";
import { activeUserOf } from "../rest/authenticate.ts";
import { type RestContext, textParameter } from "../rest/rest-context.ts";
import { type AnonymousResult, runAnonymous } from "./anonymous-apex.ts";

/** The Apex SOAP API's Execute Anonymous, `/services/Soap/s/61.0`: the one call that brings its log. */
export function apexSoapRoutes(context: RestContext, apex: ApexEngine): Router {
  const router = Router();
  const text = express.text({ type: () => true, limit: "5mb" });
  router.post("/services/Soap/s/:version{/:org}", text, async (request, response) => {
    const call = readSoapCall(textParameter(request.body));
    context.stats.countRequest(`apex.${call?.operation ?? "unknown"}`);
    const userId = activeUserOf(context, call?.sessionId ?? null);
    response.type("text/xml");
    if (userId === null) {
      const words = "Invalid Session ID found in SessionHeader: Illegal Session";
      response.status(500).send(soapFault("INVALID_SESSION_ID", words));
      return;
    }
    if (call?.operation !== "executeAnonymous") {
      const words = `The emulator has no operation ${call?.operation ?? ""}`;
      response.status(500).send(soapFault("INVALID_TYPE", words));
      return;
    }
    const source = textParameter(Object.values(call.body).find((part) => typeof part === "string"));
    response.send(answer(await runAnonymous(apex, userId, source), request.params.version));
  });
  return router;
}

function answer({ log, ...result }: AnonymousResult, version: string): string {
  const debugLog = [
    `${version} APEX_CODE,DEBUG`,
    ...log.map((line) => `USER_DEBUG|[1]|DEBUG|${line}`),
  ].join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/08/apex" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Header>${toXml("DebuggingInfo", { debugLog })}</soapenv:Header><soapenv:Body><executeAnonymousResponse>${toXml("result", result)}</executeAnonymousResponse></soapenv:Body></soapenv:Envelope>`;
}
