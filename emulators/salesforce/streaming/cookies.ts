import { randomBytes } from "node:crypto";

/** The cookies of a request by name. */
export function readCookies(header: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    (header ?? "").split(";").flatMap((part): [string, string][] => {
      const [name, ...value] = part.trim().split("=");
      return name ? [[name, value.join("=")]] : [];
    }),
  );
}

export function newCookieValue(): string {
  return randomBytes(12).toString("base64url");
}

/**
 * What a handshake sets. No Domain, as the emulator lives at an address, not under salesforce.com; no
 * Secure, as it speaks plain HTTP. The routing cookie runs out by `expires`: with Max-Age some
 * clients would prolong it at every use.
 */
export function handshakeCookies(
  browserCookie: string,
  routingUntil: Date,
  foreignDomain: boolean,
): string[] {
  const year = new Date(routingUntil.getTime() + 365 * 24 * 3600_000).toUTCString();
  const domain = foreignDomain ? "; Domain=.salesforce.com" : "";
  return [
    `BrowserId=${newCookieValue()}; Path=/; expires=${year}${domain}`,
    `t=${newCookieValue()}; Path=/cometd/; HttpOnly`,
    `BAYEUX_BROWSER=${browserCookie}; Path=/cometd/; HttpOnly`,
    `sfdc-stream=!${newCookieValue()}; Path=/; expires=${routingUntil.toUTCString()}`,
  ];
}
