import { createHmac } from "node:crypto";
import express, { type Request, type Response, Router } from "express";
import { decodeJwt, jwtVerify } from "jose";
import type { RestContext } from "./rest-context.ts";
import { tokenOf } from "../setup/token-sessions.ts";

const jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** A token request that is refused, in OAuth's own form. */
class TokenError extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
  ) {
    super(description);
  }
}

/** Sign-in: JWT bearer and client credentials; who am I; end a token. */
export function oauthRoutes(context: RestContext): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false });
  router.post("/services/oauth2/token", form, async (request, response) => {
    try {
      const userId = await signIn(context, request);
      response.json(tokenAnswer(context, userId, request));
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      response.status(400).json({ error: error.error, error_description: error.description });
    }
  });
  router.all("/services/oauth2/userinfo", (request, response) =>
    sendUserInfo(context, request, response),
  );
  router.post("/services/oauth2/revoke", form, (request, response) => {
    const token = parameter(request, "token");
    const userId = context.tokens.userIdOf(token);
    if (userId === null) {
      response.status(400).json({
        error: "unsupported_token_type",
        error_description: "this token type is not supported",
      });
      return;
    }
    context.tokens.revokeToken(token);
    response.status(200).end();
  });
  router.get("/id/:orgId/:userId", (request, response) => sendUserInfo(context, request, response));
  return router;
}

async function signIn(context: RestContext, request: Request): Promise<string> {
  const { integration } = context.identity;
  const grant = parameter(request, "grant_type");
  let userId: string;
  if (grant === jwtGrant) {
    userId = await userOfAssertion(context, request);
  } else if (grant === "client_credentials") {
    checkClient(context, request);
    userId = integration.userId;
  } else {
    throw new TokenError("unsupported_grant_type", "grant type not supported");
  }
  const user = context.org.store.get("User", userId);
  if (user?.IsActive !== true) throw new TokenError("invalid_grant", "user is inactive");
  return userId;
}

function checkClient(context: RestContext, request: Request): void {
  const { integration } = context.identity;
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const [basicId = "", basicSecret = ""] = Buffer.from(basic ?? "", "base64")
    .toString("utf8")
    .split(":");
  const clientId = basic ? decodeURIComponent(basicId) : parameter(request, "client_id");
  const secret = basic ? decodeURIComponent(basicSecret) : parameter(request, "client_secret");
  if (clientId !== integration.clientId) {
    throw new TokenError("invalid_client_id", "client identifier invalid");
  }
  if (secret !== integration.clientSecret) {
    throw new TokenError("invalid_client", "invalid client credentials");
  }
}

/** Reads and verifies a signed assertion: who asks, for whom, to which login host, until when. */
async function userOfAssertion(context: RestContext, request: Request): Promise<string> {
  const assertion = parameter(request, "assertion");
  const { integration } = context.identity;
  let claims: ReturnType<typeof decodeJwt>;
  try {
    claims = decodeJwt(assertion);
  } catch {
    throw new TokenError("invalid_grant", "invalid assertion");
  }
  if (claims.iss !== integration.clientId) {
    throw new TokenError("invalid_client_id", "client identifier invalid");
  }
  try {
    await jwtVerify(assertion, integration.publicKey, {
      algorithms: ["RS256"],
      // Expiry is checked below, by the emulator's clock.
      currentDate: new Date(0),
    });
  } catch {
    throw new TokenError("invalid_grant", "invalid assertion");
  }
  const audiences = [claims.aud ?? []].flat();
  const own = [context.url(), addressOf(context, request)];
  const accepted = ["https://login.salesforce.com", "https://test.salesforce.com", ...own];
  if (!audiences.some((audience) => accepted.includes(audience.replace(/\/$/, "")))) {
    throw new TokenError("invalid_grant", "audience is invalid");
  }
  if (claims.exp === undefined || claims.exp * 1000 <= context.org.now().getTime()) {
    throw new TokenError("invalid_grant", "expired authorization code");
  }
  const user = [...context.org.store.rows("User")].find(
    (row) => String(row.Username).toLowerCase() === claims.sub?.toLowerCase(),
  );
  if (!user) throw new TokenError("invalid_grant", "user hasn't approved this consumer");
  if (user.Id !== integration.userId) {
    throw new TokenError("invalid_app_access", "user is not admin approved to access this app");
  }
  return user.Id;
}

/** As the caller knows the org: another address when something stands in between. */
function addressOf(context: RestContext, request: Request): string {
  const { host } = request.headers;
  return host === undefined ? context.url() : `http://${host}`;
}

function tokenAnswer(context: RestContext, userId: string, request: Request): object {
  const id = `https://login.salesforce.com/id/${context.identity.orgId}/${userId}`;
  const common = {
    access_token: context.tokens.issue(userId),
    scope: "api web",
    instance_url: addressOf(context, request),
    id,
    token_type: "Bearer",
  };
  if (parameter(request, "grant_type") === jwtGrant) return common;
  const issuedAt = String(context.org.now().getTime());
  const signature = createHmac("sha256", context.identity.integration.clientSecret)
    .update(id + issuedAt)
    .digest("base64");
  return { ...common, signature, issued_at: issuedAt };
}

function sendUserInfo(context: RestContext, request: Request, response: Response): void {
  const userId = context.tokens.userIdOf(tokenOf(request.headers.authorization));
  const user = userId === null ? undefined : context.org.store.get("User", userId);
  if (!user) {
    response.status(403).type("text/plain").send("Bad_OAuth_Token");
    return;
  }
  const { orgId } = context.identity;
  const url = context.url();
  response.json({
    sub: `https://login.salesforce.com/id/${orgId}/${user.Id}`,
    user_id: user.Id,
    organization_id: orgId,
    preferred_username: user.Username,
    nickname: user.Alias,
    name: user.Name,
    email: user.Email,
    email_verified: true,
    given_name: user.FirstName,
    family_name: user.LastName,
    zoneinfo: user.TimeZoneSidKey,
    active: user.IsActive,
    user_type: "STANDARD",
    language: user.LanguageLocaleKey,
    locale: user.LocaleSidKey,
    urls: {
      rest: `${url}/services/data/v{version}/`,
      sobjects: `${url}/services/data/v{version}/sobjects/`,
      query: `${url}/services/data/v{version}/query/`,
    },
  });
}

function parameter(request: Request, name: string): string {
  const body: unknown = request.body;
  const value: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value : "";
}
