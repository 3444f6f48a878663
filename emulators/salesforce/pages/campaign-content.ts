import type { SaveError } from "../data/errors.ts";
import { mayReadRecord } from "../data/record-sharing.ts";
import type { StoredRecord } from "../data/store.ts";
import type { PageUser } from "../rest/page-user.ts";
import type { RestContext } from "../rest/rest-context.ts";
import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import { fieldInput, fieldText } from "./field-values.ts";
import { type Html, html } from "../../html.ts";

/** A Campaign, and who looks at it. */
export interface CampaignView {
  readonly object: ObjectSchema;
  readonly record: StoredRecord;
  readonly user: PageUser;
}

const shownInList = ["Status", "StartDate", "EndDate", "Circa_Event_Id__c", "Circa_Sync_Status__c"];

export function listContent(context: RestContext, user: PageUser): Html {
  const object = context.org.schema.object("Campaign");
  const columns = shownInList.flatMap((name) => object?.fields.get(name.toLowerCase()) ?? []);
  const reader = { userId: user.id, access: context.org.accessOf(user.id) };
  const rows = [...context.org.store.rows("Campaign")].filter(
    (row) => object && row.IsDeleted !== true && mayReadRecord(reader, object, row),
  );
  return html`<p>${rows.length} Campaigns. Edits made here are saved as ${user.username}.</p>
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
                    ${fieldText(
                      context.org,
                      field,
                      row[field.name] ?? null,
                      timeZoneOf(context, user),
                    )}
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function timeZoneOf(context: RestContext, user: PageUser): string {
  const zone = context.org.store.get("User", user.id)?.TimeZoneSidKey;
  return typeof zone === "string" ? zone : "UTC";
}

export function viewContent(context: RestContext, { object, record, user }: CampaignView): Html {
  const zone = timeZoneOf(context, user);
  return html`<p>
      <a href="/lightning/r/Campaign/${record.Id}/edit" data-edit="${record.Id}"
        >Edit this Campaign</a
      >
    </p>
    <dl>
      ${visibleFields(context, object, user).map(
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

function visibleFields(context: RestContext, object: ObjectSchema, user: PageUser): FieldSchema[] {
  const access = context.org.accessOf(user.id);
  return [...object.fields.values()].filter((field) => access.canReadField(object, field));
}

/** What this person may edit. */
export function editableFields(
  context: RestContext,
  { object, user }: CampaignView,
): FieldSchema[] {
  const access = context.org.accessOf(user.id);
  return visibleFields(context, object, user).filter(
    (field) =>
      field.updateable && field.name !== "RecordTypeId" && access.canEditField(object, field),
  );
}

export function editContent(
  context: RestContext,
  view: CampaignView,
  errors: readonly SaveError[],
): Html {
  const { record } = view;
  return html`${errors.length > 0
      ? html`<div class="errors" role="alert">
          <p>The Campaign was not saved:</p>
          <ul>
            ${errors.map((error) => html`<li>${error.message}</li>`)}
          </ul>
        </div>`
      : null}
    <form method="post" data-form>
      ${editableFields(context, view).map(
        (field) =>
          html`<div class="field">
            <label for="${field.name}">${field.label}</label>
            ${fieldInput(context.org, field, record)}
            ${field.inlineHelpText ? html`<p class="hint">${field.inlineHelpText}</p>` : null}
          </div>`,
      )}
      <button type="submit">Save</button>
      <a href="/lightning/r/Campaign/${record.Id}/view" data-cancel>Cancel</a>
    </form>`;
}
