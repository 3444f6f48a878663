/** The ways to sign in to an org. Each answers with a fresh access token and the org's address. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { importPKCS8, SignJWT, type KeyLike } from "jose";
import { OAuth2 } from "jsforce/lib/oauth2.js";
import { z } from "zod";
import type { Config, SalesforceSignIn } from "../../../runtime/config.ts";
import { ConfigurationError, describeError } from "../../../runtime/errors.ts";
import { keepPassingSecret } from "../../../runtime/secrets.ts";
import { NoAnswer } from "./errors.ts";
import { ownAddress } from "./own-address.ts";
import { BoundedTransport } from "./transport.ts";

export interface Session {
  readonly accessToken: string;
  /** The org's My Domain address, without a slash at its end. */
  readonly instanceUrl: string;
  /** 18 characters. */
  readonly organizationId: string;
}

/** Salesforce takes at most 3 minutes for the assertion's life. */
const assertionLifeSeconds = 170;

const signInTimeoutMs = 30_000;

/** The identity URL ends in `/id/<organization>/<user>` (Help, "Identity URLs"). */
const organizationOf = z
  .string()
  .regex(/\/id\/00D[a-zA-Z0-9]{15}\//)
  .transform((url) => /\/id\/(00D[a-zA-Z0-9]{15})\//.exec(url)?.[1] ?? "");

const tokenSchema = z.looseObject({
  access_token: z.string(),
  instance_url: z.url(),
  id: organizationOf,
});

/** @throws whatever the token endpoint refuses with, or ConfigurationError for an unusable key */
export async function signIn(config: Config["salesforce"]): Promise<Session> {
  const { signIn: way, loginUrl } = config;
  if (way.kind === "cli_alias") return signInAsCliAlias(way.alias);
  const oauth2 = new OAuth2({
    loginUrl,
    clientId: way.clientId,
    ...(way.kind === "client_credentials" ? { clientSecret: way.clientSecret } : {}),
  });
  oauth2._transport = new BoundedTransport(config.requestTimeoutMs);
  const parameters =
    way.kind === "client_credentials"
      ? { grant_type: "client_credentials" }
      : {
          grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
          assertion: await signAssertion(way, loginUrl),
        };
  const token = tokenSchema.parse(await oauth2.requestToken(parameters));
  keepPassingSecret(token.access_token);
  return {
    accessToken: token.access_token,
    instanceUrl: ownAddress(token.instance_url, loginUrl),
    organizationId: token.id,
  };
}

async function signAssertion(
  way: Extract<SalesforceSignIn, { kind: "jwt" }>,
  loginUrl: string,
): Promise<string> {
  const key = await readPrivateKey(way.privateKeyFile);
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(way.clientId)
    .setSubject(way.username)
    .setAudience(audienceOf(loginUrl))
    .setExpirationTime(`${assertionLifeSeconds} seconds`)
    .sign(key);
  keepPassingSecret(assertion);
  return assertion;
}

/** @throws ConfigurationError when the file can't be read or holds no such key */
export async function readPrivateKey(file: string): Promise<KeyLike> {
  try {
    return await importPKCS8(await readFile(file, "utf8"), "RS256");
  } catch (error) {
    throw new ConfigurationError(
      `SALESFORCE_PRIVATE_KEY_FILE can't be used (${describeError(error)}): it must be a PKCS#8 PEM file, "-----BEGIN PRIVATE KEY-----"`,
    );
  }
}

/**
 * The assertion's audience is the authorization server, never an org's own address.
 * Source: OAuth 2.0 JWT Bearer Flow, "aud", https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm
 */
export function audienceOf(loginUrl: string): string {
  const { hostname, origin } = new URL(loginUrl);
  if (hostname.endsWith(".sandbox.my.salesforce.com")) return "https://test.salesforce.com";
  if (hostname.endsWith(".my.salesforce.com")) return "https://login.salesforce.com";
  return origin;
}

/** Imported only here: it costs half a second and 90 MB that production never needs. */
async function signInAsCliAlias(alias: string): Promise<Session> {
  const { Org } = await import("@salesforce/core");
  const org = await Org.create({ aliasOrUsername: alias });
  await Promise.race([org.refreshAuth(), timeLimit()]);
  const connection = org.getConnection();
  keepPassingSecret(connection.accessToken ?? "");
  return z
    .object({ accessToken: z.string(), instanceUrl: z.string(), organizationId: z.string() })
    .transform((session) => ({ ...session, instanceUrl: session.instanceUrl.replace(/\/+$/, "") }))
    .parse({
      accessToken: connection.accessToken,
      instanceUrl: connection.instanceUrl,
      organizationId: org.getOrgId(),
    });
}

async function timeLimit(): Promise<never> {
  const signal = AbortSignal.timeout(signInTimeoutMs);
  await once(signal, "abort");
  throw new NoAnswer(`no answer within ${signInTimeoutMs / 1_000} s`);
}
