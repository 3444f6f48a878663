/** The settings: environment variables, and the lines of `.env` for those that are not set. */
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { closest, distance } from "fastest-levenshtein";
import { environmentSchema } from "../runtime/config.ts";
import { ConfigurationError } from "../runtime/errors.ts";

const file = ".env";
const known = Object.keys(environmentSchema.shape);
/** Variables of such a name in the environment are meant for us; in `.env` all are. */
const ours = /^(SALESFORCE|CIRCA|STREAM|SWEEP)_/;
/** Read by Node.js and the libraries. */
const read = /^((https?|all|no)_proxy|NODE_.*|PG.*|SSL_CERT_.*|TZ|DEBUG)$/i;

/**
 * Puts into `process.env` what `.env` in the current folder sets and the environment does not;
 * blank variables count as not set.
 * @returns a sentence for each variable that nothing reads, without its value
 * @throws ConfigurationError when `.env` is there and can't be read
 */
export function loadEnvironment(): string[] {
  const written = readFile();
  for (const [name, value] of Object.entries(written)) {
    if ((process.env[name] ?? "").trim() === "") process.env[name] = value;
  }
  const names = new Set([...Object.keys(written), ...Object.keys(process.env).filter(isOurs)]);
  const unknown = [...names].filter((name) => !known.includes(name) && !read.test(name));
  return unknown.map((name) => {
    const place = name in written ? ` (in ${file})` : "";
    return `${name}${place} is not a setting of this service: nothing reads it.${meant(name)}`;
  });
}

const isOurs = (name: string) => ours.test(name);

function meant(name: string): string {
  const candidate = closest(name, known);
  const isSlip = distance(name, candidate) <= Math.max(2, name.length / 4);
  return isSlip ? ` Did you mean ${candidate}?` : "";
}

function readFile(): Record<string, string> {
  try {
    return parseEnv(readFileSync(file, "utf8")) as Record<string, string>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return {};
    throw new ConfigurationError(
      `${file} can't be read (${code ?? "unknown error"}). Make it readable for this user, or remove it.`,
    );
  }
}
