/** What the middleware of this process costs, counted where it is paid: no machine changes it. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import SqliteDatabase from "libsql";
import type { RunningSync } from "./running-sync.ts";

export interface Costs {
  /** On the embedded database; begin and commit are statements too. */
  readonly statements: number;
  /** Single writes among them: each of them waits for the disk. */
  readonly transactions: number;
  /** Looks for due links. */
  readonly looks: number;
  /** Without the stream's polls and signing in, which go by the clock. */
  readonly salesforceCalls: number;
  readonly circaCalls: number;
}

export interface CostCounter {
  /** What has been paid since the last call. */
  read(): Costs;
  /** The statements and calls of that time, the most frequent first, a line each. */
  readonly details: () => readonly string[];
  readonly stop: () => void;
}

type Prepare = (this: SqliteDatabase.Database, text: string) => SqliteDatabase.Statement;
type Call = (...values: unknown[]) => unknown;

/** To be called before the middleware opens its store: statements that it keeps count as well. */
export function countStatements(): Omit<CostCounter, "read"> & { take(): Map<string, number> } {
  const prototype = SqliteDatabase.prototype as unknown as { prepare: Prepare };
  const { prepare } = prototype;
  let made = new Map<string, number>();
  let last = made;
  let within = false;
  prototype.prepare = function (text) {
    const statement = prepare.call(this, text);
    const methods = statement as unknown as Record<"run" | "all", Call>;
    // The driver's `all` iterates: only what Kysely calls is counted.
    for (const method of ["run", "all"] as const) {
      const original = methods[method];
      methods[method] = (...values) => {
        if (text === "begin") within = true;
        // A write that stands alone is a transaction of its own.
        const key = !within && /^(insert|update|delete)/.test(text) ? `alone: ${text}` : text;
        made.set(key, (made.get(key) ?? 0) + 1);
        if (text === "commit" || text === "rollback") within = false;
        return original.apply(statement, values);
      };
    }
    return statement;
  };
  return {
    take() {
      last = made;
      made = new Map();
      return last;
    },
    details: () => byCount(last),
    stop() {
      prototype.prepare = prepare;
    },
  };
}

/** Counts statements and calls; people's own calls and the emulators' controls are left out. */
export function countCosts(statements: ReturnType<typeof countStatements>, sync: RunningSync) {
  const { salesforce, circa } = sync;
  let calls = new Map<string, number>();
  const hosts = new Map([
    [new URL(salesforce.url).host, "salesforce"],
    [new URL(circa.url).host, "circa"],
  ]);
  const people = new Set([salesforce.person.accessToken, circa.person.apiKey]);
  const onRequest = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const { host = "", authorization = "" } = request.headers;
    const system = hosts.get(host);
    const [path = ""] = (request.url ?? "").split("?");
    if (system === undefined || people.has(authorization.replace("Bearer ", ""))) return;
    if (/^\/emulator\/|\/oauth2\/|\/cometd\//.test(path)) return;
    const call = `${system}: ${request.method ?? ""} ${path}`;
    calls.set(call, (calls.get(call) ?? 0) + 1);
  };
  subscribe("http.server.request.start", onRequest);
  let last = calls;
  return {
    read(): Costs {
      const made = statements.take();
      last = calls;
      calls = new Map();
      return {
        statements: sum(made, /./),
        transactions: sum(made, /^(begin$|alone: )/),
        looks: sum(made, /^select "subject", "signalled_at", "cause"/),
        salesforceCalls: sum(last, /^salesforce/),
        circaCalls: sum(last, /^circa/),
      };
    },
    details: () => [...byCount(last), ...statements.details()],
    stop() {
      unsubscribe("http.server.request.start", onRequest);
      statements.stop();
    },
  };
}

function sum(counts: ReadonlyMap<string, number>, pattern: RegExp): number {
  return [...counts].reduce((all, [text, count]) => (pattern.test(text) ? all + count : all), 0);
}

function byCount(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([text, count]) => `${String(count).padStart(6)}  ${text.slice(0, 220)}`);
}
