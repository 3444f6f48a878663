import type { Circa } from "../circa.ts";
import { html, type Html, type Part } from "../../html.ts";
import { icon } from "./icons.ts";

/** Where Salesforce shows a record; null while its address is unknown. */
function campaignUrl(circa: Circa, campaignId: string): string | null {
  return circa.salesforceUrl && `${circa.salesforceUrl}/lightning/r/Campaign/${campaignId}/view`;
}

/** A link to the Campaign, or only the words when there is no address to link to. */
export function campaignLink(circa: Circa, campaignId: string, words: Part): Html {
  const url = campaignUrl(circa, campaignId);
  if (url === null) return html`<span>${words}</span>`;
  return html`<a class="campaign-link" href="${url}">${words}${icon("external")}</a>`;
}
