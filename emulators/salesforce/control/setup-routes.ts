import { Router } from "express";
import { z } from "zod";
import { switchOnCurrencies } from "../data/currencies.ts";
import { undeleteRecords } from "../data/save.ts";
import { automationRequest, setAutomations } from "./automations.ts";
import type { ControlContext } from "./control-context.ts";
import { putMetadataRow, removeMetadataRow } from "../setup/custom-metadata.ts";
import {
  changeField,
  changeFieldPermission,
  changePicklistValue,
  fieldChange,
  NoSuchThing,
  permissionChange,
  picklistChange,
} from "./setup-changes.ts";
import { setSilently, silentChange } from "./silent-change.ts";
import { changeUser, userChange } from "./setup-users.ts";

const metadataValues = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);
const delays = z
  .strictObject({
    delayMs: z.number().nonnegative(),
    perRecordDelayMs: z.number().nonnegative(),
  })
  .partial();
const features = z
  .strictObject({
    translationWorkbench: z.boolean(),
    /** ISO 4217 codes, the org's own first. They can't be switched off again. */
    currencies: z.array(z.string().regex(/^[A-Z]{3}$/)).min(1),
  })
  .partial();
const undeletion = z.strictObject({ ids: z.array(z.string()).min(1) });

/** What an admin does in Setup, and in the recycle bin. */
export function setupRoutes(context: ControlContext): Router {
  const { org } = context;
  const router = Router();
  router.patch("/custom-metadata/:type/:developerName", (request, response) => {
    const { type, developerName } = request.params;
    const { label, ...given } = metadataValues.parse(request.body);
    if (org.schema.object(type)?.kind !== "custom_metadata") {
      throw new NoSuchThing(`There is no custom metadata type ${type}.`);
    }
    const values = new Map(Object.entries(given));
    const labelText = typeof label === "string" ? label : undefined;
    response.json(
      putMetadataRow(org, {
        ...{ objectName: type, developerName, label: labelText, values },
        pastRules: request.query.force === "true",
      }),
    );
  });
  router.delete("/custom-metadata/:type/:developerName", (request, response) => {
    const { type, developerName } = request.params;
    if (!removeMetadataRow(org, type, developerName)) {
      throw new NoSuchThing(`${type} has no row ${developerName}.`);
    }
    response.status(204).end();
  });
  router.post("/picklist-values", (request, response) => {
    changePicklistValue(org, picklistChange.parse(request.body));
    response.status(204).end();
  });
  router.post("/fields", (request, response) => {
    changeField(org, fieldChange.parse(request.body));
    response.status(204).end();
  });
  router.post("/field-permissions", (request, response) => {
    changeFieldPermission(org, permissionChange.parse(request.body));
    response.status(204).end();
  });
  router.post("/features", (request, response) => {
    const { currencies, ...switches } = features.parse(request.body);
    Object.assign(context.features, switches);
    if (currencies !== undefined) switchOnCurrencies(org, currencies);
    response.status(204).end();
  });
  router.post("/users", (request, response) => {
    response.json(changeUser(context, userChange.parse(request.body)));
  });
  router.post("/automations", (request, response) => {
    setAutomations(context, automationRequest.parse(request.body));
    response.status(204).end();
  });
  router.post("/silent", (request, response) => {
    setSilently(org, silentChange.parse(request.body));
    response.status(204).end();
  });
  router.post("/delays", (request, response) => {
    Object.assign(context, delays.parse(request.body));
    response.status(204).end();
  });
  router.post("/undelete", (request, response) => {
    const { ids } = undeletion.parse(request.body);
    const object = org.schema.objectOfPrefix(ids[0]?.slice(0, 3) ?? "");
    if (!object) throw new NoSuchThing("No object has such an Id.");
    const results = org.transact(context.identity.person.userId, (transaction) =>
      undeleteRecords(transaction, object.name, ids, { allOrNone: false }),
    );
    response.json(results);
  });
  return router;
}
