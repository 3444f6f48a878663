/** A Salesforce emulator with the fixture org, and the ways in which tests speak to it. */
import { importPKCS8, SignJWT } from "jose";
import { Connection } from "jsforce";
import {
  type SalesforceEmulator,
  type SalesforceEmulatorOptions,
  startSalesforceEmulator,
} from "../../index.ts";

export const fixtureSource = [
  "emulators/salesforce/test/fixtures/salesforce-source/package",
  "emulators/salesforce/test/fixtures/salesforce-source/org",
];
export const fixtureChannel = "/event/Sample_Signal__e";

export function startFixtureOrg(
  options: SalesforceEmulatorOptions = {},
): Promise<SalesforceEmulator> {
  return startSalesforceEmulator({ sourceDirs: fixtureSource, ...options });
}

/** A jsforce connection with the fixed token of one of the emulator's users. */
export function connect(
  emulator: SalesforceEmulator,
  user: "integration" | "person",
  version = "61.0",
): Connection {
  const { accessToken } = emulator[user];
  return new Connection({ instanceUrl: emulator.url, accessToken, version });
}

/** An assertion of the integration, right in every way but for what is given. */
export async function signAssertion(
  emulator: SalesforceEmulator,
  given: { iss?: string; sub?: string; aud?: string; expiresAt?: number; key?: string } = {},
): Promise<string> {
  const { clientId, username, privateKeyPem } = emulator.integration;
  const key = await importPKCS8(given.key ?? privateKeyPem, "RS256");
  return new SignJWT({})
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(given.iss ?? clientId)
    .setSubject(given.sub ?? username)
    .setAudience(given.aud ?? "https://login.salesforce.com")
    .setExpirationTime(given.expiresAt ?? Math.floor(Date.now() / 1000) + 180)
    .sign(key);
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** One raw call to the data API, below `/services/data/v61.0`. */
export async function callRest(
  emulator: SalesforceEmulator,
  user: "integration" | "person",
  method: string,
  path: string,
  more: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<RestAnswer> {
  const answer = await fetch(`${emulator.url}/services/data/v61.0${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${emulator[user].accessToken}`,
      "Content-Type": "application/json",
      ...more.headers,
    },
    ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
  });
  const text = await answer.text();
  const { status, headers } = answer;
  return { status, headers, body: text === "" ? null : (JSON.parse(text) as unknown) };
}

/** One call to a control endpoint; anything but success is an error. */
export async function control(
  emulator: SalesforceEmulator,
  path: string,
  body?: unknown,
  method = body === undefined ? "GET" : "POST",
): Promise<unknown> {
  const answer = await fetch(`${emulator.url}/emulator/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text === "" ? null : (JSON.parse(text) as unknown);
}

export interface EmulatorStats {
  readonly requests: Readonly<Record<string, number>>;
  readonly eventsPublished: number;
  readonly eventsDelivered: number;
  readonly handshakes: number;
  readonly streamingSessions: number;
  readonly heldPolls: number;
}

export async function readStats(emulator: SalesforceEmulator): Promise<EmulatorStats> {
  return (await control(emulator, "stats")) as EmulatorStats;
}

export function setFaults(emulator: SalesforceEmulator, ...faults: object[]): Promise<unknown> {
  return control(emulator, "faults", { faults });
}
