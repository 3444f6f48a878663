import { circaId } from "../../emulators/circa/ids.ts";
import { customFieldKey } from "../../emulators/seed/custom-fields.ts";
import type { ReadyLine } from "./ready-line.ts";
import type { Screen } from "./screen.ts";

/** The text for a user who has just started the demo: where things are and what to try. */
export function welcome(line: ReadyLine, links: number, { paint }: Screen): string {
  const { salesforce, circa, middleware } = line;
  const bold = (text: string) => paint("bold", text);
  const address = (text: string) => paint("cyan", text);
  const admin = `curl -H 'Authorization: Bearer ${middleware.adminToken}'`;
  return `
${bold("Ready.")} ${links} Events and their Campaigns are connected and kept in sync.

  Circa       ${address(circa.url)}
  Salesforce  ${address(salesforce.url)}
  Middleware  ${address(middleware.url)}

${bold("What to try")}
  1. Edit in Circa: open Southern Cloud Expo, change the Lead Goal and save.
     ${address(`${circa.url}/events`)}
     Its Campaign, linked on the Event's page, has the new goal at once.
  2. Edit in Salesforce: open Bay Area Builders Week, change the Event Tier and save.
     ${address(salesforce.url)}
     The Event shows the new tier, with a lock: there it can't be edited.
  3. See the locks: lists of values that come from Salesforce can't be edited in Circa.
     ${address(`${circa.url}/settings/event-info`)}
  4. Map fields as an admin, and look at a Campaign's panel: reverse a field's direction and save, and its
     lock appears or goes in Circa.
     ${address(`${salesforce.url}/lightning/n/Circa_Mappings`)}
  5. Edit past a lock, which Circa does not allow, and see the value reverted:
     ${forceAnEdit(circa.url)}
  6. Kill the middleware in the middle of its work. It is started again, and nothing is lost.
     kill -9 ${middleware.pid}
  7. Ask the middleware how it is and what it has written:
     ${admin} ${middleware.url}/api/status
     ${admin} ${middleware.url}/api/changes

${bold("Each sync as it happens")} (Ctrl-C ends everything)
`;
}

/** For Bengaluru Data Days, the third row of the seed. */
function forceAnEdit(circaUrl: string): string {
  const body = {
    event_id: circaId("Event", 78_943),
    changes: { custom_fields: { [customFieldKey("Event_Tier__c")]: "C – Local" } },
  };
  return `curl -so /dev/null ${circaUrl}/emulator/force -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
}
