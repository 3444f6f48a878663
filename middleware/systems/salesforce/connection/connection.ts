/**
 * A signed-in jsforce connection whose requests end in bounded time, whose sign-ins are capped,
 * and whose every request goes through the circuit.
 */
// Not from the package's face, which loads every API that jsforce knows: 10 MB.
import { Connection } from "jsforce/lib/connection.js";
import type { Clock } from "../../../runtime/clock.ts";
import type { Config } from "../../../runtime/config.ts";
import { SystemError } from "../../../runtime/errors.ts";
import type { Circuit } from "../../circuit/circuit.ts";
import { SystemTime } from "../../http/system-time.ts";
import type { ApiBudget } from "./api-budget.ts";
import { toSystemError } from "./errors.ts";
import { signIn, type Session } from "./sign-in.ts";
import { BoundedTransport } from "./transport.ts";

/** A token that is refused right after sign-in won't get better by asking again at once. */
const firstSignInDelayMs = 5_000;
const maxSignInDelayMs = 300_000;

/** So many calls in a row without an answer make the address itself suspect. */
const suspectFailures = 3;
/** A sign-in that tells the same address again tells it for a while. */
const addressLastsMs = 5 * 60_000;

export interface SalesforceConnection {
  /**
   * Runs calls on the connection, signing in when needed: once more when the token is refused, or
   * when the org turns out to live at another address by now.
   * @param action what is being done, for the error's text
   * @param about as `Circuit.run` takes it
   * @throws SystemError
   */
  run<T>(action: string, work: (connection: Connection) => Promise<T>, about?: string): Promise<T>;
  /**
   * The session for the stream, signing in when there is none. While calls are held none is given;
   * when one may try, a cheap one does, so that an idle middleware finds out as well.
   * @throws SystemError
   */
  session(): Promise<Pick<Session, "accessToken" | "instanceUrl">>;
  /** Forgets this access token, so that the next call signs in again. */
  forget(accessToken: string): void;
  /**
   * A session of the stream was not answered at all, for this reason.
   * @param elsewhere something else answered: the org may live at another address by now
   */
  noAnswer(reason: string, elsewhere?: boolean): void;
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
  let unanswered = 0;
  /** Until when the address counts as good, whatever fails. */
  let addressGoodUntil = 0;
  /** The last address that Salesforce named: a sign-in alone does not prove it. */
  let isProven = false;

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
      isProven = false;
      return newConnection(session, config, time);
    } catch (error) {
      throw toSystemError("sign-in", error, "signIn");
    }
  };

  /** Within a call's attempt: that Salesforce signs us in does not mean that the org answers. */
  const connect = async (): Promise<Connection> => {
    if (connection !== null) return connection;
    signingIn ??= signInOnce().finally(() => (signingIn = null));
    connection = await signingIn;
    return connection;
  };

  const forget = (accessToken: string | null | undefined) => {
    if (connection === null || connection.accessToken !== accessToken) return;
    connection = null;
    refusedTokens += 1;
    if (refusedTokens > 1) {
      const delayMs = firstSignInDelayMs * 2 ** (refusedTokens - 2);
      nextSignInAt = clock.now() + Math.min(delayMs, maxSignInDelayMs);
    }
  };

  /**
   * A call has failed for want of the org. @returns whether its address is to be asked for anew
   */
  const suspects = (elsewhere: boolean): boolean => {
    unanswered += 1;
    const nowMs = clock.now();
    const lasts = nowMs < addressGoodUntil && addressGoodUntil - nowMs <= addressLastsMs;
    if (lasts || (!elsewhere && unanswered < suspectFailures)) return false;
    addressGoodUntil = nowMs + addressLastsMs;
    return true;
  };

  const attempt = async <T>(
    action: string,
    used: Connection,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    try {
      const result = await work(used);
      unanswered = 0;
      refusedTokens = 0;
      isProven = true;
      return result;
    } catch (error) {
      throw toSystemError(action, error);
    } finally {
      const usage = used.limitInfo.apiUsage;
      if (usage !== undefined) budget.note(usage);
    }
  };

  /** One attempt as the circuit counts it, at a new address where the old one is no good. */
  const attemptAnywhere = async <T>(
    action: string,
    used: Connection,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    try {
      return await attempt(action, used, work);
    } catch (error) {
      const failed = error instanceof SystemError && error.kind === "retry" && error.counted;
      if (!failed || !suspects(error.signInAnew)) throw error;
      if (connection === used) connection = null;
      const again = await connect();
      if (again.instanceUrl === used.instanceUrl) throw error;
      const result = await attempt(action, again, work);
      addressGoodUntil = 0;
      return result;
    }
  };

  const run: SalesforceConnection["run"] = async (action, work, about) => {
    for (let attempts = 1; ; attempts += 1) {
      let used: Connection | null = null;
      try {
        return await circuit.run(async () => {
          used = await connect();
          return attemptAnywhere(action, used, work);
        }, about);
      } catch (error) {
        if (!(error instanceof SystemError) || error.kind !== "sign_in") throw error;
        forget((used as Connection | null)?.accessToken);
        if (attempts > 1) throw error;
      }
    }
  };

  return {
    run,
    async session() {
      if (circuit.state() !== "closed" || (connection !== null && !isProven)) {
        await run("asking whether it answers", (it) => it.request("/limits"));
      }
      const used = connection ?? (await circuit.run(connect));
      return { accessToken: used.accessToken ?? "", instanceUrl: used.instanceUrl };
    },
    forget,
    noAnswer(reason, elsewhere = false) {
      if (suspects(elsewhere)) connection = null;
      circuit.failed(noAnswerError(reason));
    },
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
