/**
 * A signed-in jsforce connection whose requests end in bounded time, whose sign-ins are capped,
 * and whose every request goes through the circuit.
 */
// Not from the package's face, which loads every API that jsforce knows: 10 MB.
import { Connection } from "jsforce/lib/connection.js";
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { SystemError } from "../../errors.ts";
import type { Circuit } from "../circuit.ts";
import { SystemTime } from "../system-time.ts";
import type { ApiBudget } from "./api-budget.ts";
import { toSystemError } from "./errors.ts";
import { signIn, type Session } from "./sign-in.ts";
import { BoundedTransport } from "./transport.ts";

/** A token that is refused right after sign-in won't get better by asking again at once. */
const firstSignInDelayMs = 5_000;
const longestSignInDelayMs = 300_000;

export interface SalesforceConnection {
  /**
   * Runs calls on the connection, signing in when needed: once more when the token is refused.
   * @param action what is being done, for the error's text
   * @throws SystemError
   */
  run<T>(action: string, work: (connection: Connection) => Promise<T>): Promise<T>;
  /**
   * The session for the stream, signing in when there is none. While calls are held none is given;
   * when one may try, a cheap one does, so that an idle middleware finds out as well.
   * @throws SystemError
   */
  session(): Promise<Pick<Session, "accessToken" | "instanceUrl">>;
  /** Forgets this access token, so that the next call signs in again. */
  forget(accessToken: string): void;
  /** A session of the stream was not answered at all, for this reason. */
  noAnswer(reason: string): void;
  /** Salesforce's own time, in milliseconds since the epoch. */
  now(): number;
}

/** @param confirmOrg throws when the org is not the one to talk to; then no call is made */
export function createConnection(
  config: Config["salesforce"],
  clock: Clock,
  { circuit, budget }: { readonly circuit: Circuit; readonly budget: Pick<ApiBudget, "note"> },
  confirmOrg: (organizationId: string) => Promise<void>,
): SalesforceConnection {
  const time = new SystemTime(clock);
  let connection: Connection | null = null;
  let signingIn: Promise<Connection> | null = null;
  let refusedTokens = 0;
  let nextSignInAt = 0;

  const signInOnce = async (): Promise<Connection> => {
    const waitMs = nextSignInAt - clock.now();
    if (waitMs > 0) {
      const reason =
        "Salesforce refuses the access tokens it gives; waiting before the next sign-in";
      const details = { retryAfterMs: waitMs, systemWide: true };
      throw new SystemError("salesforce", "limit", reason, details);
    }
    try {
      const session = await signIn(config);
      await confirmOrg(session.organizationId);
      return newConnection(session, config, time);
    } catch (error) {
      throw toSystemError("sign-in", error);
    }
  };

  const connect = async (): Promise<Connection> => {
    if (connection !== null) return connection;
    signingIn ??= circuit.run(signInOnce).finally(() => (signingIn = null));
    connection = await signingIn;
    return connection;
  };

  const forget = (accessToken: string | null | undefined) => {
    if (connection === null || connection.accessToken !== accessToken) return;
    connection = null;
    refusedTokens += 1;
    if (refusedTokens > 1) {
      const delayMs = firstSignInDelayMs * 2 ** (refusedTokens - 2);
      nextSignInAt = clock.now() + Math.min(delayMs, longestSignInDelayMs);
    }
  };

  const attempt = async <T>(
    action: string,
    used: Connection,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    try {
      return await work(used);
    } catch (error) {
      throw toSystemError(action, error);
    }
  };

  const run: SalesforceConnection["run"] = async (action, work) => {
    for (let attempts = 1; ; attempts += 1) {
      const used = await connect();
      try {
        const result = await circuit.run(() => attempt(action, used, work));
        refusedTokens = 0;
        return result;
      } catch (error) {
        if (!(error instanceof SystemError) || error.kind !== "sign_in") throw error;
        forget(used.accessToken);
        if (attempts > 1) throw error;
      } finally {
        const usage = used.limitInfo.apiUsage;
        if (usage !== undefined) budget.note(usage);
      }
    }
  };

  return {
    run,
    async session() {
      if (circuit.gate() !== "closed") {
        await run("asking whether it answers", (it) => it.request("/limits"));
      }
      const used = await connect();
      return { accessToken: used.accessToken ?? "", instanceUrl: used.instanceUrl };
    },
    forget,
    noAnswer: (reason) => circuit.failed(noAnswerError(reason)),
    now: () => time.now(),
  };
}

function noAnswerError(reason: string): SystemError {
  const message = `Salesforce does not answer the stream: ${reason}`;
  return new SystemError("salesforce", "retry", message, { systemWide: true });
}

function newConnection(
  { accessToken, instanceUrl }: Session,
  { apiVersion: version, requestTimeoutMs }: Config["salesforce"],
  time: SystemTime,
): Connection {
  const connection = new Connection({ accessToken, instanceUrl, version });
  connection._transport = new BoundedTransport(requestTimeoutMs, time);
  return connection;
}
