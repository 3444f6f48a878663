import express, { Router } from "express";
import { z } from "zod";
import { RequestError, type SaveError } from "../data/errors.ts";
import { toId18 } from "../data/ids.ts";
import { updateRecords } from "../data/save.ts";
import type { StoredRecord } from "../data/store.ts";
import { transactCounted } from "../rest/transact-counted.ts";
import type { RestContext } from "../rest/rest-context.ts";
import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import { fieldInput, fieldText } from "./field-values.ts";
import { type Html, html, page } from "./html.ts";

/** The pages for people: the list of Campaigns, and one Campaign to read and to edit. */
export function pageRoutes(context: RestContext): Router {
  const router = Router();
  router.get("/", (_request, response) => {
    response.send(page("Campaigns", listContent(context)));
  });
  router.get("/lightning/r/Campaign/:id/view", (request, response) => {
    const found = findCampaign(context, request.params.id);
    if (!found) {
      response.status(404).send(page("Not found", html`<p>There is no such Campaign.</p>`));
      return;
    }
    response.send(page(String(found.record.Name), viewContent(context, found)));
  });
  router.get("/lightning/r/Campaign/:id/edit", (request, response) => {
    const found = findCampaign(context, request.params.id);
    if (!found) {
      response.status(404).send(page("Not found", html`<p>There is no such Campaign.</p>`));
      return;
    }
    response.send(page(`Edit ${String(found.record.Name)}`, editContent(context, found, [])));
  });
  router.post(
    "/lightning/r/Campaign/:id/edit",
    express.urlencoded({ extended: false }),
    (request, response) => {
      const found = findCampaign(context, request.params.id);
      if (!found) {
        response.status(404).send(page("Not found", html`<p>There is no such Campaign.</p>`));
        return;
      }
      const errors = saveAsPerson(context, found, request.body);
      if (errors.length === 0) {
        response.redirect(303, `/lightning/r/Campaign/${found.record.Id}/view`);
        return;
      }
      response
        .status(422)
        .send(page(`Edit ${String(found.record.Name)}`, editContent(context, found, errors)));
    },
  );
  return router;
}

interface Found {
  readonly object: ObjectSchema;
  readonly record: StoredRecord;
}

function findCampaign(context: RestContext, id: string): Found | null {
  const object = context.org.schema.object("Campaign");
  const record = context.org.store.get("Campaign", toId18(id) ?? "");
  return object && record && record.IsDeleted !== true ? { object, record } : null;
}

const shownInList = ["Status", "StartDate", "EndDate", "Circa_Event_Id__c", "Circa_Sync_Status__c"];

function listContent(context: RestContext): Html {
  const object = context.org.schema.object("Campaign");
  const columns = shownInList.flatMap((name) => object?.fields.get(name.toLowerCase()) ?? []);
  const rows = [...context.org.store.rows("Campaign")].filter((row) => row.IsDeleted !== true);
  return html`<p>
      ${rows.length} Campaigns. Edits made here are saved as ${context.identity.person.username}.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Campaign Name</th>
          ${columns.map((field) => html`<th scope="col">${field.label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, 1000).map(
          (row) =>
            html`<tr>
              <th scope="row"><a href="/lightning/r/Campaign/${row.Id}/view">${row.Name}</a></th>
              ${columns.map(
                (field) =>
                  html`<td>
                    ${fieldText(context.org, field, row[field.name] ?? null, timeZoneOf(context))}
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function timeZoneOf(context: RestContext): string {
  const zone = context.org.store.get("User", context.identity.person.userId)?.TimeZoneSidKey;
  return typeof zone === "string" ? zone : "UTC";
}

function viewContent(context: RestContext, { object, record }: Found): Html {
  const zone = timeZoneOf(context);
  return html`<p><a href="/lightning/r/Campaign/${record.Id}/edit">Edit this Campaign</a></p>
    <dl>
      ${[...object.fields.values()].map(
        (field) =>
          html`<dt id="label-${field.name}">${field.label}</dt>
            <dd>
              <span data-field="${field.name}"
                >${fieldText(context.org, field, record[field.name] ?? null, zone)}</span
              >
            </dd>`,
      )}
    </dl>`;
}

/** What a person edits; the sync's own fields are left to the sync. */
function editableFields(object: ObjectSchema): FieldSchema[] {
  return [...object.fields.values()].filter(
    (field) => field.updateable && field.name !== "RecordTypeId",
  );
}

function editContent(
  context: RestContext,
  { object, record }: Found,
  errors: readonly SaveError[],
): Html {
  return html`${errors.length > 0
      ? html`<div class="errors" role="alert">
          <p>The Campaign was not saved:</p>
          <ul>
            ${errors.map((error) => html`<li>${error.message}</li>`)}
          </ul>
        </div>`
      : null}
    <form method="post">
      ${editableFields(object).map(
        (field) =>
          html`<div class="field">
            <label for="${field.name}">${field.label}</label>
            ${fieldInput(context.org, field, record)}
            ${field.inlineHelpText ? html`<p class="hint">${field.inlineHelpText}</p>` : null}
          </div>`,
      )}
      <button type="submit">Save</button>
      <a href="/lightning/r/Campaign/${record.Id}/view">Cancel</a>
    </form>`;
}

const formBody = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Saves what differs from the record, as the person; other fields stay untouched. */
function saveAsPerson(context: RestContext, { object, record }: Found, body: unknown): SaveError[] {
  const form = formBody.parse(body);
  const changes: Record<string, unknown> = {};
  for (const field of editableFields(object)) {
    const given = formValue(field, form[field.name]);
    if (given !== shownValue(field, record)) changes[field.name] = given === "" ? null : given;
  }
  try {
    const [result] = transactCounted(context, context.identity.person.userId, (transaction) =>
      updateRecords(transaction, object.name, [{ ...changes, Id: record.Id }], { allOrNone: true }),
    );
    return result?.errors ?? [];
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return [{ statusCode: error.errorCode, message: error.message, fields: [] }];
  }
}

function formValue(field: FieldSchema, given: string | string[] | undefined): string | boolean {
  if (field.type === "boolean") return given !== undefined;
  return [given ?? ""].flat().join(";");
}

/** The value as the form showed it, so that only what a person changed is written. */
function shownValue(field: FieldSchema, record: StoredRecord): string | boolean {
  const value = record[field.name] ?? null;
  if (field.type === "boolean") return value === true;
  if (value === null) return "";
  return field.type === "time" ? String(value).slice(0, 8) : String(value);
}
