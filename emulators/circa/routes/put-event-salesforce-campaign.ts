import { z } from "zod";
import { has } from "../circa.ts";
import { connectCampaign } from "../operations/connect-campaign.ts";
import { readBody } from "../read-body.ts";
import type { Route } from "../route.ts";
import { answerEvent } from "./answer-event.ts";
import { checkVersion, eventOf } from "./named-in-path.ts";

export const campaignIdPattern = /^701[A-Za-z0-9]{15}$/;

const bodySchema = z.object({
  campaign_id: z
    .string()
    .regex(campaignIdPattern, "must be the 18-character Id of a Campaign (701…), or null")
    .nullable(),
});

export const putEventSalesforceCampaign: Route = {
  method: "PUT",
  path: "/events/{id}/salesforce_campaign",
  feature: "connected_campaign",
  handle: (circa, request) => {
    const event = eventOf(circa, request);
    if (has(circa, "versions")) checkVersion(event, request);
    const { campaign_id: campaignId } = readBody(bodySchema, request.body);
    return answerEvent(circa, connectCampaign(circa, event, campaignId, request.actor));
  },
};
