/**
 * Which proxy a call goes through: one rule for every call to both systems, the stream's among
 * them, by the variables that curl, Git and most tools read.
 */
import { ConfigurationError } from "../../runtime/errors.ts";

export interface Proxy {
  /** `http:` or `https:`, as the proxy itself is spoken to. */
  readonly url: URL;
  /** Its user and password as a header; none when its address has none. */
  readonly headers: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `https_proxy` or `http_proxy` by the target's scheme, else `all_proxy`, unless `no_proxy` names
 * the target; each in lower case first, then in upper case.
 * @returns null when the call goes straight there
 * @throws ConfigurationError for a proxy that can't be spoken to
 */
export function proxyFor(target: URL, env: Environment = process.env): Proxy | null {
  const scheme = target.protocol.slice(0, -1);
  const value = read(env, `${scheme}_proxy`) ?? read(env, "all_proxy");
  if (value === undefined || isExcepted(target, read(env, "no_proxy") ?? "")) return null;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new ConfigurationError(
      `${scheme}_proxy can't be used: it must be the address of an HTTP proxy, like http://proxy.example:3128`,
    );
  }
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const headers: Record<string, string> =
    user === ":" ? {} : { "proxy-authorization": `Basic ${Buffer.from(user).toString("base64")}` };
  url.username = "";
  url.password = "";
  return { url, headers };
}

function read(env: Environment, name: string): string | undefined {
  const value = (env[name] ?? env[name.toUpperCase()])?.trim();
  return value === "" ? undefined : value;
}

/** `*`, or hosts with all below them, each with a port or without; by commas or blanks. */
function isExcepted(target: URL, noProxy: string): boolean {
  const host = bare(target.hostname);
  const port = target.port === "" ? (target.protocol === "https:" ? "443" : "80") : target.port;
  return noProxy.split(/[\s,]+/).some((entry) => {
    if (entry === "" || entry === "*") return entry === "*";
    const [, name = "", ownPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
    const wanted = bare(name).replace(/^\*?\./, "");
    if (wanted === "" || (ownPort !== undefined && ownPort !== port)) return false;
    return host === wanted || host.endsWith(`.${wanted}`);
  });
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}
