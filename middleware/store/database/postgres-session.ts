/**
 * Connections to PostgreSQL whose session counts: LISTEN and advisory locks end with it. They must
 * lead to the server that is written to, also after a fail-over, and keep one session for life.
 */
import type { Client, QueryResult, QueryResultRow } from "pg";
import { systemClock } from "../../runtime/clock.ts";
import { withTimeout } from "../../runtime/timeouts.ts";
import { ConfigurationError, describeError } from "../../runtime/errors.ts";
import { clientSettings, prepareSession } from "./postgres.ts";

/** A server that has gone silent is left alone after this long. */
const answersWithinMs = 5_000;
const endsWithinMs = 1_000;
/** Sessions that stand in the way of the first one's, should a pooler hand servers round. */
const bystanders = 3;
const looks = 5;

/** One statement at a time, as the driver wants it; the next one waits. */
export class Session {
  readonly #client: Client;
  #asked: Promise<unknown> = Promise.resolve();

  constructor(client: Client) {
    this.#client = client;
  }

  query<Row extends QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    const answer = this.#asked
      .catch(() => undefined)
      .then(() => this.#client.query<Row>(text, [...values]));
    this.#asked = answer;
    return answer;
  }

  onNotification(listener: (payload: string | undefined) => void): void {
    this.#client.on("notification", ({ payload }) => listener(payload));
  }

  /** Never rejects, and waits for no server that has gone silent. */
  async end(): Promise<void> {
    await withTimeout(
      systemClock,
      this.#client.end().catch(() => undefined),
      endsWithinMs,
    );
  }
}

/**
 * @param onDeath called, when the connection ends for whatever reason; perhaps twice
 * @throws when there is no server, or it takes no writes
 */
export async function openSession(url: string, onDeath: () => void): Promise<Session> {
  const { default: pg } = await import("pg");
  const client = new pg.Client(clientSettings(url));
  const session = new Session(client);
  client.once("end", onDeath);
  // Without a listener the error would end the process; the end follows.
  client.on("error", onDeath);
  try {
    await client.connect();
    await prepareSession(client);
    await confirmPrimary(session);
    return session;
  } catch (error) {
    await session.end();
    throw error;
  }
}

/**
 * Asks whether this is the server to write to.
 * @throws when it is not, or has not said so in time
 */
export async function confirmPrimary(session: Session): Promise<void> {
  const asked = session.query<{ standby: boolean; read_only: boolean }>(
    "select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as read_only",
  );
  if (!(await withTimeout(systemClock, asked, answersWithinMs))) throw new Error("no answer");
  const state = (await asked).rows[0];
  if (state?.standby === true) {
    throw new ConfigurationError("it is a standby, which takes no writes. Name the primary server");
  }
  if (state?.read_only === true) {
    throw new ConfigurationError(
      "it takes no writes (default_transaction_read_only is on). Name the primary server, or allow writes",
    );
  }
}

/**
 * Looks whether one connection is one session, as LISTEN and advisory locks need it.
 * @throws ConfigurationError when a pooler hands sessions round, or the server takes no writes
 */
export async function confirmServer(url: string): Promise<void> {
  const sessions: Session[] = [];
  const open = async () => {
    const session = await openSession(url, () => undefined);
    sessions.push(session);
    return session;
  };
  try {
    const session = await open();
    const own = await backendOf(session);
    for (let count = 0; count < bystanders; count += 1) await beginOn(await open());
    for (let look = 0; look < looks; look += 1) {
      if ((await backendOf(session)) !== own) throw handedRound();
    }
  } finally {
    await Promise.all(sessions.map((each) => each.end()));
  }
}

/** Holds a server as long as its transaction is open. */
async function beginOn(session: Session): Promise<void> {
  try {
    await session.query("begin");
    await session.query("select 1");
  } catch (error) {
    // https://www.pgbouncer.org/features.html: statement pooling allows no transactions.
    throw describeError(error).includes("statement pooling") ? handedRound() : error;
  }
}

/** The server process that answers; a pooler that has none left for this session answers late. */
async function backendOf(session: Session): Promise<number | null> {
  const asked = session.query<{ pid: number }>("select pg_backend_pid() as pid");
  if (!(await withTimeout(systemClock, asked, answersWithinMs))) throw handedRound();
  return (await asked).rows[0]?.pid ?? null;
}

const handedRound = () =>
  new ConfigurationError(
    "a pooler there hands sessions round, so that LISTEN and advisory locks are lost. " +
      "Set its pool_mode to session for this database, or name the server itself",
  );
