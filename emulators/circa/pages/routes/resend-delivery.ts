import { notFound } from "../../errors.ts";
import { textOf, type PageRoute } from "./page-route.ts";

export const resendDelivery: PageRoute = {
  method: "post",
  path: "/settings/webhooks/:messageId/:endpointId/resend",
  handle: (circa, { params }) => {
    const [messageId, endpointId] = [textOf(params, "messageId"), textOf(params, "endpointId")];
    const delivery = circa.webhooks.log.find(messageId, endpointId);
    if (!delivery) throw notFound("The delivery is no longer kept");
    circa.webhooks.resend(delivery);
    return { redirect: "/settings/webhooks?done=resent" };
  },
};
