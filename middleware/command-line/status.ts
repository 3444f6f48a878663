/** `status`: the running service's own answer, for people and for scripts. */
import { z } from "zod";
import { describeError } from "../runtime/errors.ts";
import { stateFindings } from "../salesforce-ui/state-findings.ts";
import { version } from "../runtime/version.ts";
import type { Readiness } from "../http/health.ts";
import type { Status } from "../http/status.ts";

const answersWithinMs = 15_000;

/**
 * Prints how the service is; the process ends with 1 where it is not ready or does not answer.
 * @param options `url` without a slash at its end; by default from HOST and PORT
 */
export async function status(
  env: NodeJS.ProcessEnv,
  options: { readonly url?: string; readonly json?: true },
): Promise<void> {
  const url = (options.url ?? ownAddress(env)).replace(/\/+$/, "");
  const readiness = await askReadiness(url);
  const headers = { authorization: `Bearer ${env["ADMIN_TOKEN"] ?? ""}` };
  const state = (await ask(url, "/api/status", [200], headers)) as Status;
  const text =
    options.json === true
      ? JSON.stringify({ ...readiness, status: state }, null, 2)
      : show(url, readiness, state);
  process.stdout.write(`${text}\n`);
  if (!readiness.ready) process.exitCode = 1;
}

function ownAddress(env: NodeJS.ProcessEnv): string {
  const host = env["HOST"]?.trim() ?? "";
  const port = env["PORT"]?.trim() ?? "";
  const anyHost = ["", "0.0.0.0", "::"].includes(host);
  const name = anyHost ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port === "" ? "8080" : port}`;
}

const readinessSchema = z.object({ ready: z.boolean(), parts: z.record(z.string(), z.boolean()) });

/** @throws Error when something else listens there */
async function askReadiness(url: string): Promise<Readiness> {
  const answer = readinessSchema.safeParse(await ask(url, "/health/ready", [200, 503]));
  if (answer.success) return answer.data;
  throw new Error(`Another service answers at ${url}. Name the right one with --url.`);
}

async function ask(
  url: string,
  path: string,
  usable: readonly number[],
  headers: Record<string, string> = {},
): Promise<unknown> {
  const signal = AbortSignal.timeout(answersWithinMs);
  let response: Response;
  try {
    response = await fetch(url + path, { headers, signal });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new Error(
      `No service answers at ${url} (${describeError(cause)}). Start it with "event-info-sync start", or name its address with --url.`,
    );
  }
  if (response.status === 401) {
    throw new Error(`The service at ${url} refuses the token: ADMIN_TOKEN must be the service's.`);
  }
  if (!usable.includes(response.status)) {
    throw new Error(
      `Another service answers at ${url} (HTTP ${response.status} for ${path}). Name the right one with --url.`,
    );
  }
  return response.json().catch(() => null);
}

function show(url: string, { ready, parts }: Readiness, state: Status): string {
  const missing = Object.entries(parts).filter(([, isReady]) => !isReady);
  const { systems, mappings, backlog, sweep, stream, circaWay } = state;
  const rows: [name: string, text: string][] = [
    ["service", `${version} at ${url}, started ${time(state.startedAt)}`],
    ["ready", ready ? "yes" : `no: ${missing.map(([part]) => part).join(", ")}`],
    ["Salesforce", showSystem(systems.salesforce)],
    ["Circa", showSystem(systems.circa)],
    ["stream", `${stream.state} since ${time(stream.since)}`],
    ["from Circa", circaWay === null ? "not known yet" : showWay(circaWay)],
    ["mappings", `${mappings.active.length} active, ${mappings.rejected.length} can't be used`],
    ["links", count(state.links)],
    ["waiting", backlog === null ? unknown : `${backlog.due} now, ${backlog.later} later`],
    ["problems", `${count(state.openProblems)} open`],
    ["last sweep", showRun(sweep.last)],
    ["last full one", showRun(sweep.lastFull)],
  ];
  const table = rows.map(([name, text]) => `${name.padEnd(14)} ${text}`);
  const findings = [
    ...(state.claim.attention === null ? [] : [state.claim.attention]),
    ...stateFindings(state).map(({ title, fix }) => `${title}\n  ${fix}`),
  ];
  return [...table, ...findings.map((finding) => `\n! ${finding}`)].join("\n");
}

const unknown = "not known: the database does not answer";
const count = (number: number | null) => (number === null ? unknown : String(number));
const time = (ms: number) => new Date(ms).toISOString();

function showSystem({ state, reason, nextCallAt }: Status["systems"]["circa"]): string {
  if (state === "closed") return "calls go through";
  const next = nextCallAt === null ? "" : `, next call at ${time(nextCallAt)}`;
  return `calls are held${next}: ${reason ?? "no reason is known"}`;
}

function showWay({ way, since }: NonNullable<Status["circaWay"]>): string {
  return `${way === "webhooks" ? "webhooks" : "asked each minute"} since ${time(since)}`;
}

function showRun(run: Status["sweep"]["last"]): string {
  if (run === null) return "none yet";
  const at = time(run.endedAt ?? run.startedAt);
  const missed = run.findings["missed"];
  return `${run.state} ${at}${missed === undefined ? "" : `, ${missed} missed`}${run.reason === null ? "" : `: ${run.reason}`}`;
}
