/** Fills both emulators with the same links: Salesforce first, whose Ids the Events then name. */
import type { CircaEmulator, SeedPerson as CircaPerson } from "../circa/index.ts";
import { circaId } from "../circa/ids.ts";
import type { SalesforceEmulator } from "../salesforce/index.ts";
import { toCircaEvent } from "./circa-event.ts";
import { customFieldKey, customFields } from "./custom-fields.ts";
import { differences, type Difference } from "./differences.ts";
import { readEventTemplates } from "./event-templates.ts";
import { people, type SeedPerson } from "./people.ts";
import { planEvent } from "./planned-event.ts";
import { toCampaign } from "./salesforce-campaign.ts";
import { teams } from "./teams.ts";

const firstEventNumber = 78_941;
/** One transaction each: a smaller one costs less memory. */
const campaignsPerSeed = 1_000;

/** The same `linkCount` gives the same seed, run for run. */
export function seedBoth(
  salesforce: SalesforceEmulator,
  circa: CircaEmulator,
  linkCount: number,
): void {
  const templates = readEventTemplates();
  const plans = Array.from({ length: linkCount }, (_, index) => {
    const id = circaId("Event", firstEventNumber + index);
    return { index, id, briefUrl: `${circa.url}/events/${id}`, plan: planEvent(templates, index) };
  });
  const userIds = seedUsers(salesforce);
  // An org without the package has none of its fields, and nothing to connect an Event with.
  const isKnown = (field: string) => salesforce.org.schema.field("Campaign", field) !== undefined;
  const isBare = !isKnown("Circa_Event_Id__c");
  const campaigns = plans.map(({ id, briefUrl, plan, index }) => {
    const campaign = {
      ...toCampaign(plan, { eventId: id, briefUrl, userIds }),
      ...differencesAt(index, ({ field, salesforce: value }) => [field, value]),
    };
    return isBare ? knownFields(campaign, isKnown) : campaign;
  });
  const campaignIds: string[] = [];
  for (let start = 0; start < campaigns.length; start += campaignsPerSeed) {
    const chunk = campaigns.slice(start, start + campaignsPerSeed);
    campaignIds.push(...salesforce.seed({ campaigns: chunk }).campaigns);
  }
  circa.seed({
    teams,
    fields: customFields,
    people: people.map(toCircaPerson),
    events: plans.map(({ id, briefUrl, plan, index }) => {
      const campaignId = isBare ? null : (campaignIds[index] ?? null);
      const event = toCircaEvent(plan, { id, briefUrl, campaignId });
      const own = differencesAt(index, ({ field, circa: value }) => [customFieldKey(field), value]);
      return { ...event, custom_fields: { ...event.custom_fields, ...own } };
    }),
  });
}

function knownFields(
  record: Readonly<Record<string, unknown>>,
  isKnown: (field: string) => boolean,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => isKnown(field)));
}

function differencesAt(
  position: number,
  side: (difference: Difference) => readonly [field: string, value: unknown],
): Record<string, unknown> {
  return Object.fromEntries(differences.filter((d) => d.position === position).map(side));
}

/** @returns User Id by e-mail */
function seedUsers(salesforce: SalesforceEmulator): Map<string, string> {
  const { users } = salesforce.seed({
    users: people.map(({ firstName, lastName, email, isActive }) => ({
      FirstName: firstName,
      LastName: lastName,
      Email: email,
      Username: email,
      IsActive: isActive,
    })),
  });
  return new Map(people.map(({ email }, index) => [email, users[index] ?? ""]));
}

function toCircaPerson({ firstName, lastName, email }: SeedPerson): CircaPerson {
  return { email, first_name: firstName, last_name: lastName };
}
