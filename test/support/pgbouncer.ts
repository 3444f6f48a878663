/** A real PgBouncer before a test's PostgreSQL, with the settings that it comes with. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { eventually } from "./eventually.ts";
import { freePort } from "../../scripts/support/free-port.ts";

export interface PgBouncer {
  /** For `DATABASE_URL`. */
  readonly url: string;
  close(): Promise<void>;
}

export type PoolMode = "session" | "transaction" | "statement";

/** PgBouncer refuses to run as root: then it runs as `nobody`. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/**
 * Where the program is; null on a desk without it, which then leaves these tests out.
 * @throws on a build server without it
 */
export function findPgBouncer(): string | null {
  try {
    const find = ["scripts/install-pgbouncer.mjs", "--find"];
    return execFileSync(process.execPath, find, { encoding: "utf8", stdio: "pipe" }).trim();
  } catch (error) {
    if (process.env["CI"] !== undefined) throw error;
    return null;
  }
}

/** @param databaseUrl what it leads to */
export async function startPgBouncer(
  program: string,
  databaseUrl: string,
  mode: PoolMode,
): Promise<PgBouncer> {
  const folder = mkdtempSync(join(tmpdir(), "event-info-sync-pgbouncer-"));
  const { hostname, port: serverPort, pathname, username } = new URL(databaseUrl);
  const port = await freePort();
  const name = pathname.slice(1);
  writeFileSync(
    join(folder, "pgbouncer.ini"),
    `[databases]
${name} = host=${hostname} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, "users.txt")}
pool_mode = ${mode}
`,
  );
  writeFileSync(join(folder, "users.txt"), `"${username}" ""\n`);
  if (isRoot) chmodSync(folder, 0o755);
  const child = spawn(program, [join(folder, "pgbouncer.ini")], {
    stdio: "ignore",
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  });
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  const url = `postgresql://${username}@127.0.0.1:${port}/${name}`;
  await eventually("PgBouncer answers", () => answers(url, child));
  return {
    url,
    async close() {
      process.off("exit", killNow);
      const ended = once(child, "close");
      // At once: an orderly end waits for its clients.
      child.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error("PgBouncer ended at its start");
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
