import type { ReadyLine } from "./ready-line.ts";
import type { Screen } from "./screen.ts";

/** What somebody reads who has just started the demo: where things are and what to try. */
export function welcome({ salesforce, circa, middleware }: ReadyLine, { paint }: Screen): string {
  const bold = (text: string) => paint("bold", text);
  const address = (text: string) => paint("cyan", text);
  const edit = `curl -X PATCH -H 'Authorization: Bearer ${salesforce.person.accessToken}' -H 'Content-Type: application/json'`;
  return `
${bold("Ready.")} Twenty-odd Events and their Campaigns are connected and kept equal.

  Circa       ${address(circa.url)}
  Salesforce  ${address(salesforce.url)}
  Middleware  ${address(middleware.url)}   (admin token ${middleware.adminToken})

${bold("What to try")}
  1. Open ${address(`${circa.url}/events`)}, choose an Event and change its Lead Goal.
     Its Campaign has the new goal at once: follow the link on the Event.
  2. On the Campaign in ${address(salesforce.url)} change the Event Tier.
     The Event shows it; there the field has a lock and can't be edited.
  3. Open Settings > Event Info in Circa: ${address(`${circa.url}/settings/event-info`)}
     Value lists that come from Salesforce are locked.
  4. Ask the middleware what it did:
     curl -H 'Authorization: Bearer ${middleware.adminToken}' '${middleware.url}/api/changes?limit=5'

${bold("Each sync as it happens")}  (Ctrl-C ends everything)
${edit ? "" : ""}`;
}
