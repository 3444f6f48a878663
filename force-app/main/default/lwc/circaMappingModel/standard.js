import { directionsOf } from "./fit";
import { TO_SALESFORCE } from "./directions";
import { withDraft } from "./rows";

/** Circa's standard fields and the Campaign fields that suit nearly every org, all To Salesforce. */
const standardFields = {
  actual_total: "ActualCost",
  brief_url: "Circa_Event_Url__c",
  end_date: "EndDate",
  leader: "OwnerId",
  location: "Circa_Location__c",
  name: "Name",
  paid_total: "Circa_Paid_Total__c",
  planned_total: "BudgetedCost",
  roles: "Circa_Roles__c",
  start_date: "StartDate",
  status: "Circa_Event_Status__c",
  team: "Circa_Team__c",
  time_zone: "Circa_Time_Zone__c",
  types: "Circa_Event_Types__c",
  website: "Circa_Website__c",
};

/**
 * The rows without a mapping of their own, with the standard one filled in and switched off: the admin
 * switches on what the org wants. A Campaign field that another row names is left to that row.
 * @returns by row key
 */
export function standardMappings(rows, page) {
  const taken = new Set(rows.map(({ draft }) => draft.campaignField));
  const filled = new Map();
  for (const row of rows) {
    if (row.stored || row.draft.campaignField || !row.circaField.active) continue;
    const field = standardField(row.circaField, page);
    if (!field || taken.has(field.name)) continue;
    const changes = { campaignField: field.name, direction: TO_SALESFORCE, active: false };
    filled.set(row.rowKey, withDraft(row, changes));
  }
  return filled;
}

/** An installed package's fields begin with its namespace. */
function standardField(circaField, { pairs, campaignFields }) {
  const wanted = standardFields[circaField.key];
  if (!wanted) return null;
  const field = campaignFields.find(
    ({ name }) => name === wanted || (wanted.endsWith("__c") && name.endsWith(`__${wanted}`)),
  );
  const fits = field && directionsOf(pairs, circaField, field).includes(TO_SALESFORCE);
  return fits ? field : null;
}
