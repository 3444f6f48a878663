/** What this machine can do at all, measured in the same run: a figure means little without it. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SqliteDatabase from "libsql";

export interface Floors {
  /** Requests a second whose body is read, signed over and parsed, and kept nowhere. */
  readonly signedRequests: number;
  /** Writes of 512 bytes a second, each on the disk before the next. */
  readonly syncedWrites: number;
  /** The same requests, each in SQLite's log on the disk before its answer, in groups. */
  readonly durableRequests: number;
}

const measuredMs = 5_000;
const body = JSON.stringify({ type: "event.updated", data: { id: "x".repeat(1_500) } });

export async function measureFloors(): Promise<Floors> {
  const folder = mkdtempSync(join(tmpdir(), "event-info-sync-floors-"));
  try {
    return {
      signedRequests: await requestsPerSecond(() => Promise.resolve()),
      syncedWrites: writesPerSecond(join(folder, "synced")),
      durableRequests: await requestsPerSecond(groupCommit(join(folder, "floor.db"))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writesPerSecond(file: string): number {
  const handle = openSync(file, "w");
  const block = Buffer.alloc(512);
  const startMs = performance.now();
  let writes = 0;
  for (; performance.now() - startMs < measuredMs; writes += 1) {
    writeSync(handle, block);
    fdatasyncSync(handle);
  }
  closeSync(handle);
  return (writes / measuredMs) * 1_000;
}

/** All that came in while the last group was written are the next group. */
function groupCommit(file: string): (text: string) => Promise<void> {
  const database = new SqliteDatabase(file);
  database.exec("pragma journal_mode=wal; pragma synchronous=full");
  database.exec("create table kept (id integer primary key, body text)");
  const insert = database.prepare("insert into kept (body) values (?)");
  let group: { text: string; done: () => void }[] = [];
  const write = () => {
    const now = group;
    group = [];
    database.exec("begin");
    for (const { text } of now) insert.run(text);
    database.exec("commit");
    for (const { done } of now) done();
  };
  return (text) =>
    new Promise((done) => {
      if (group.push({ text, done }) === 1) setImmediate(write);
    });
}

async function requestsPerSecond(keep: (text: string) => Promise<void>): Promise<number> {
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const raw = Buffer.concat(chunks);
      const digest = createHmac("sha256", "secret").update("id.time.").update(raw).digest();
      timingSafeEqual(digest, digest);
      JSON.parse(raw.toString());
      void keep(raw.toString()).then(() => answer.writeHead(202).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const endMs = performance.now() + measuredMs;
  let answered = 0;
  const post = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request(
        { agent, port, method: "POST", headers: { "content-length": body.length } },
        (answer) => answer.resume().once("end", resolve),
      );
      sent.once("error", reject).end(body);
    });
  const sender = async () => {
    for (; performance.now() < endMs; answered += 1) await post();
  };
  await Promise.all(Array.from({ length: 64 }, sender));
  agent.destroy();
  await new Promise((resolve) => server.close(resolve));
  return (answered / measuredMs) * 1_000;
}
