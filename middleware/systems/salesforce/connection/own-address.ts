/** Where an access token may be sent to. */
import { ConfigurationError } from "../../../runtime/errors.ts";

/**
 * Domains of Salesforce's orgs: Help, "My Domain URL Formats"; @salesforce/core (8.31.3),
 * `util/sfdcUrl` for those of its China and government clouds.
 */
const domains = [
  "salesforce.com",
  "force.com",
  "cloudforce.com",
  "database.com",
  "salesforce.mil",
  "salesforce-setup.com",
  "sfcrmproducts.cn",
];

/**
 * The address that a token answer names, without a slash at its end: https on a host of Salesforce
 * or on the one that sign-in goes to. Plain http only where sign-in itself goes to this machine.
 * @throws ConfigurationError for any other: the token would go to a foreign host
 */
export function ownAddress(instanceUrl: string, loginUrl: string): string {
  const login = new URL(loginUrl);
  const instance = URL.canParse(instanceUrl) ? new URL(instanceUrl) : null;
  if (instance === null) throw refused("no address at all", "");
  const local = isLoopback(login.hostname) && isLoopback(instance.hostname);
  const own = local || instance.hostname === login.hostname || isSalesforce(instance.hostname);
  if (!own) throw refused(`${instance.hostname}, which is no host of Salesforce`, login.hostname);
  const plain = instance.protocol === "http:" && local && login.protocol === "http:";
  if (instance.protocol !== "https:" && !plain) {
    throw refused(`${instance.hostname} without https`, login.hostname);
  }
  if (instance.username !== "" || instance.password !== "") {
    throw refused(`${instance.hostname} with a user in it`, login.hostname);
  }
  return instance.origin;
}

function isSalesforce(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function refused(what: string, loginHost: string): ConfigurationError {
  const from = loginHost === "" ? "" : ` (from ${loginHost})`;
  return new ConfigurationError(
    `the sign-in${from} names ${what} as the org's address; nothing is sent there. Check SALESFORCE_LOGIN_URL, and what stands between this service and Salesforce.`,
  );
}
