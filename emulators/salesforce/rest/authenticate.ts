import type { RequestHandler } from "express";
import { tokenOf } from "../setup/token-sessions.ts";
import type { RestContext } from "./rest-context.ts";
import { RestError } from "./send-error.ts";

/** Finds the user of the token, or refuses with 401. */
export function authenticate(context: RestContext): RequestHandler {
  return (request, response, next) => {
    const userId = activeUserOf(context, tokenOf(request.headers.authorization));
    if (userId === null) {
      throw new RestError(401, "INVALID_SESSION_ID", "Session expired or invalid");
    }
    response.locals.userId = userId;
    next();
  };
}

/** The user of a token; null when it is not good any more, or the user is inactive. */
export function activeUserOf(context: RestContext, token: string | null): string | null {
  const userId = context.tokens.userIdOf(token);
  const user = userId === null ? undefined : context.org.store.get("User", userId);
  return user?.IsActive === true ? user.Id : null;
}

/** Every answer of the data API says how much of the day's allowance is used. */
export function sendLimitInfo(context: RestContext): RequestHandler {
  return (_request, response, next) => {
    const { stats, dailyRequestLimit } = context;
    const used = stats.requestCount;
    response.setHeader("Sforce-Limit-Info", `api-usage=${used}/${dailyRequestLimit}`);
    next();
  };
}
