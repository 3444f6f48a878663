import { ApiError } from "../../errors.ts";
import { connectCampaign as connect } from "../../operations/connect-campaign.ts";
import { readCampaignId } from "../campaign-id.ts";
import { eventPage } from "../event-page.ts";
import { eventOf } from "./event-of.ts";
import { textOf, type PageRoute } from "./page-route.ts";

const notAnId =
  "That is no Id of a Campaign: open the Campaign in Salesforce and copy its address, or the 18 " +
  "characters in it that start with 701.";

/** Connects the Campaign in the form; disconnects when the form names none. */
export const connectCampaign: PageRoute = {
  method: "post",
  path: "/events/:id/campaign",
  handle: (circa, request) => {
    const event = eventOf(circa, request);
    const typed = textOf(request.body, "campaign").trim();
    const refuse = (status: number, message: string) => ({
      status,
      page: eventPage(circa, event, { refusedCampaign: { typed, message } }),
    });
    const campaignId = typed === "" ? null : readCampaignId(typed);
    const wantsNone = typed === "" && event.campaignId !== null;
    if (campaignId === null && !wantsNone) return refuse(422, notAnId);
    try {
      connect(circa, event, campaignId, circa.actors.person);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return refuse(error.status, error.message);
    }
    const done = campaignId === null ? "disconnected" : "connected";
    return { redirect: `/events/${event.id}?done=${done}` };
  },
};
