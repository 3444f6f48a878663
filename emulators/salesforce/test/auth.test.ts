import { generateKeyPairSync } from "node:crypto";
import { Connection } from "jsforce";
import type { SalesforceEmulator } from "../index.ts";
import { control, signAssertion, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
beforeAll(async () => {
  emulator = await startFixtureOrg();
});
afterAll(() => emulator.close());

const jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

async function askToken(form: Record<string, string>) {
  const answer = await fetch(`${emulator.url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test("jsforce signs in by JWT and learns the user and the instance", async () => {
  const connection = new Connection({ loginUrl: emulator.url, version: "61.0" });
  const assertion = await signAssertion(emulator);
  const user = await connection.authorize({ grant_type: jwtGrant, assertion });
  expect(user.id).toBe(emulator.integration.userId);
  expect(user.organizationId).toBe(emulator.orgId);
  expect(connection.instanceUrl).toBe(emulator.url);
  expect((await connection.query("SELECT Id FROM User")).totalSize).toBe(2);
});

test("jsforce signs in by client credentials", async () => {
  const { clientId, clientSecret } = emulator.integration;
  const connection = new Connection({
    version: "61.0",
    oauth2: { clientId, clientSecret, loginUrl: emulator.url },
  });
  const user = await connection.authorize({ grant_type: "client_credentials" });
  expect(user.id).toBe(emulator.integration.userId);
});

test("the answers carry what Salesforce sends, and no refresh token", async () => {
  const jwt = await askToken({ grant_type: jwtGrant, assertion: await signAssertion(emulator) });
  expect(jwt).toEqual({
    status: 200,
    body: {
      access_token: expect.stringMatching(/^00D\w{12}!AQ/) as string,
      scope: "api web",
      instance_url: emulator.url,
      id: `https://login.salesforce.com/id/${emulator.orgId}/${emulator.integration.userId}`,
      token_type: "Bearer",
    },
  });
  const { clientId: client_id, clientSecret: client_secret } = emulator.integration;
  const client = await askToken({ grant_type: "client_credentials", client_id, client_secret });
  expect(client.body).toHaveProperty("signature");
  expect(client.body).toHaveProperty("issued_at");
});

test("signed in at another name of the org, the instance URL is that one", async () => {
  const alias = emulator.url.replace("127.0.0.1", "localhost");
  const connection = new Connection({ version: "61.0", loginUrl: alias });
  const assertion = await signAssertion(emulator, { aud: alias });
  await connection.authorize({ grant_type: jwtGrant, assertion });
  expect(connection.instanceUrl).toBe(alias);
  expect((await connection.query("SELECT Id FROM User")).totalSize).toBeGreaterThan(0);
});

test.each([
  ["another audience", { aud: "https://example.com" }, "invalid_grant", "audience is invalid"],
  ["an expiry in the past", { expiresAt: 1 }, "invalid_grant", "expired authorization code"],
  [
    "an unknown user",
    { sub: "nobody@x.example" },
    "invalid_grant",
    "user hasn't approved this consumer",
  ],
  ["another client", { iss: "somebody" }, "invalid_client_id", "client identifier invalid"],
])("refuses an assertion with %s", async (_what, given, error, error_description) => {
  const assertion = await signAssertion(emulator, given);
  const answer = await askToken({ grant_type: jwtGrant, assertion });
  expect(answer).toEqual({ status: 400, body: { error, error_description } });
});

test("refuses an assertion that another key signed", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const answer = await askToken({
    grant_type: jwtGrant,
    assertion: await signAssertion(emulator, { key }),
  });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toBe("invalid_grant");
});

test("refuses a user who is not pre-authorised for the app", async () => {
  const assertion = await signAssertion(emulator, { sub: emulator.person.username });
  expect((await askToken({ grant_type: jwtGrant, assertion })).body.error).toBe(
    "invalid_app_access",
  );
});

test.each([
  ["a wrong secret", { client_secret: "wrong" }, "invalid_client"],
  ["a wrong id", { client_id: "wrong" }, "invalid_client_id"],
  ["another grant", { grant_type: "password" }, "unsupported_grant_type"],
])("refuses client credentials with %s", async (_what, given, error) => {
  const { clientId: client_id, clientSecret: client_secret } = emulator.integration;
  const form = { grant_type: "client_credentials", client_id, client_secret, ...given };
  expect(await askToken(form)).toMatchObject({ status: 400, body: { error } });
});

test("tells who a token belongs to", async () => {
  const askUser = (token: string) =>
    fetch(`${emulator.url}/services/oauth2/userinfo`, {
      headers: { Authorization: `Bearer ${token}` },
    });
  const known = await askUser(emulator.person.accessToken);
  expect(await known.json()).toMatchObject({
    user_id: emulator.person.userId,
    organization_id: emulator.orgId,
    preferred_username: emulator.person.username,
  });
  const unknown = await askUser("nonsense");
  expect([unknown.status, await unknown.text()]).toEqual([403, "Bad_OAuth_Token"]);
});

test("a revoked token is good no longer", async () => {
  const assertion = await signAssertion(emulator);
  const token = String((await askToken({ grant_type: jwtGrant, assertion })).body.access_token);
  const revoked = await fetch(`${emulator.url}/services/oauth2/revoke`, {
    method: "POST",
    body: new URLSearchParams({ token }),
  });
  expect(revoked.status).toBe(200);
  const answer = await fetch(`${emulator.url}/services/data/v61.0/limits`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual([
    { message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" },
  ]);
});

test("a deactivated user can't sign in and loses the sessions", async () => {
  const { username } = emulator.integration;
  await control(emulator, "users", { username, active: false });
  const assertion = await signAssertion(emulator);
  expect((await askToken({ grant_type: jwtGrant, assertion })).status).toBe(400);
  await control(emulator, "reset", {});
  expect((await askToken({ grant_type: jwtGrant, assertion })).status).toBe(200);
});
