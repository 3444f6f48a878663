import { webhooksPage } from "../webhooks-page.ts";
import { textOf, type PageRoute } from "./page-route.ts";

export const showWebhooks: PageRoute = {
  method: "get",
  path: "/settings/webhooks",
  handle: (circa, { query }) => {
    const news =
      textOf(query, "done") === "resent" ? "The delivery is on its way again." : undefined;
    return { status: 200, page: webhooksPage(circa, news) };
  },
};
