/** Date patterns as Java's SimpleDateFormat, which Apex's `format(pattern, zone)` uses. */
import { DateTime } from "luxon";

/** Letters that luxon writes otherwise than Java. */
const translations: Readonly<Record<string, string>> = {
  Y: "y",
  E: "EEE",
  EE: "EEE",
  u: "E",
  aa: "a",
  Z: "ZZZ",
  z: "ZZZZ",
  D: "o",
  DDD: "ooo",
  X: "'X'",
  XXX: "ZZ",
  XX: "ZZZ",
  k: "H",
  kk: "HH",
  F: "",
};

/** @param zone an IANA name */
export function formatPattern(ms: number, pattern: string, zone: string): string {
  const time = DateTime.fromMillis(ms, { zone: zone === "GMT" ? "UTC" : zone, locale: "en-US" });
  const tokens = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  return tokens
    .map((token) => {
      if (token === "''") return "'";
      if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
      if (!/[A-Za-z]/.test(token)) return token;
      const luxon = translations[token] ?? token.replaceAll("Y", "y").replaceAll("k", "H");
      return luxon === "" ? "" : time.toFormat(luxon);
    })
    .join("");
}
