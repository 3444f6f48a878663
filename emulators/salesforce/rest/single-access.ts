import { randomBytes } from "node:crypto";
import { Router } from "express";
import { userCookie } from "./page-user.ts";
import { tokenOf } from "../setup/token-sessions.ts";
import { type RestContext, textParameter } from "./rest-context.ts";

/** A link that opens the org signed in, once: what `sf org open` asks for. */
export function singleAccessRoutes(context: RestContext): Router {
  const router = Router();
  const users = new Map<string, string>();
  router.all("/services/oauth2/singleaccess", (request, response) => {
    const userId = context.tokens.userIdOf(tokenOf(request.headers.authorization));
    if (userId === null) {
      response.status(403).type("text/plain").send("Bad_OAuth_Token");
      return;
    }
    const otp = randomBytes(24).toString("hex");
    users.set(otp, userId);
    const address = new URL("/secur/frontdoor.jsp", context.url());
    address.searchParams.set("otp", otp);
    const start = textParameter(request.query.redirect_uri);
    if (start !== "") address.searchParams.set("startURL", start);
    response.json({ frontdoor_uri: address.toString() });
  });
  router.get("/secur/frontdoor.jsp", (request, response) => {
    const otp = textParameter(request.query.otp);
    const userId = users.get(otp);
    users.delete(otp);
    if (userId !== undefined) response.cookie(userCookie, userId, { sameSite: "strict" });
    // Only to pages of this org.
    const start = textParameter(request.query.startURL);
    response.redirect(303, /^\/(?!\/)/.test(start) ? start : "/");
  });
  return router;
}
