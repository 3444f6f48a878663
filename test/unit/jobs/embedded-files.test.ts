/** The embedded database's folder: one process at a time, a file that a copy restores, nobody else's. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../../middleware/store/database/database.ts";

const file = "event-info-sync.sqlite";
let folder: string;
let dataDir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "event-info-sync-"));
  dataDir = join(folder, "data");
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const open = (place = dataDir) => openDatabase({ kind: "sqlite", dataDir: place });
const modeOf = (path: string) => statSync(path).mode & 0o777;

/** Another process opens the store and keeps it. @returns once it has it */
async function openElsewhere(place: string): Promise<ChildProcess> {
  const program = `
    const { openDatabase } = await import("./middleware/store/database/database.ts");
    await openDatabase({ kind: "sqlite", dataDir: process.argv[1] });
    process.send("open");
    setInterval(() => undefined, 1_000);
  `;
  const args = ["--import", "tsx", "--input-type=module", "-e", program, place];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  children.push(child);
  const ended = once(child, "exit").then(() => {
    throw new Error("it ended without the store");
  });
  await Promise.race([once(child, "message"), ended]);
  return child;
}

test("another process has the folder, also by another path, until kill -9: then it is free at once", async () => {
  const holder = await openElsewhere(dataDir);
  // As a volume is seen from another container: the same files somewhere else, and a pid that means nothing.
  const elsewhere = join(folder, "mounted");
  symlinkSync(dataDir, elsewhere);
  await expect(open()).rejects.toThrow(/DATA_DIR .* in use by another process/);
  await expect(open(elsewhere)).rejects.toThrow(/in use by another process/);
  const ended = once(holder, "exit");
  holder.kill("SIGKILL");
  await ended;
  const store = await open();
  await expect(open(elsewhere)).rejects.toThrow(/in use by another process/);
  await store.close();
  await (await open(elsewhere)).close();
});

test("a dead process's lock stops no start, whatever process has its number now", async () => {
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, "process.pid"), "1");
  writeFileSync(join(dataDir, "process.lock"), "");
  const store = await open();
  expect(await store.query.selectFrom("links").selectAll().execute()).toEqual([]);
  await store.close();
});

test("a folder that can't be written to, or locked, is named", async () => {
  writeFileSync(dataDir, "no folder");
  await expect(open()).rejects.toThrow(/DATA_DIR .*can't be used/);
  const blocked = join(folder, "blocked");
  mkdirSync(join(blocked, "process.lock"), { recursive: true });
  await expect(open(blocked)).rejects.toThrow(/process\.lock can't be locked/);
});

test("after an orderly stop a copy of the one file restores everything", async () => {
  const store = await open();
  const row = { tenant: "default", name: "sweep", value: "1", at: 0 };
  await store.query.insertInto("checkpoints").values(row).execute();
  await store.close();
  const restored = join(folder, "restored");
  mkdirSync(restored);
  copyFileSync(join(dataDir, file), join(restored, file));
  const again = await open(restored);
  expect(await again.query.selectFrom("checkpoints").selectAll().execute()).toEqual([row]);
  await again.close();
});

test("the files are the user's alone, in a folder of its own", async () => {
  const store = await open();
  await store.query.selectFrom("links").selectAll().execute();
  expect(modeOf(dataDir)).toBe(0o700);
  const names = readdirSync(dataDir);
  expect(names).toEqual(
    expect.arrayContaining([file, `${file}-wal`, `${file}-shm`, "process.lock"]),
  );
  for (const name of names) expect([name, modeOf(join(dataDir, name))]).toEqual([name, 0o600]);
  await store.close();
});

test("files that were open to all before, in a folder that was there, are so no longer", async () => {
  const holder = await openElsewhere(dataDir);
  chmodSync(dataDir, 0o755);
  const files = [file, `${file}-wal`, `${file}-shm`].map((name) => join(dataDir, name));
  for (const each of files) chmodSync(each, 0o644);
  const ended = once(holder, "exit");
  holder.kill("SIGKILL");
  await ended;
  expect(files.every(existsSync)).toBe(true);
  const store = await open();
  await store.query.selectFrom("links").selectAll().execute();
  for (const each of files) expect([each, modeOf(each)]).toEqual([each, 0o600]);
  expect(modeOf(dataDir)).toBe(0o755);
  await store.close();
});
