/** Somebody else has the embedded database's file open: a backup, or an operator who looks in. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../../middleware/store/database/database.ts";

const heldMs = 500;

/** Another process does `locking` to the file and ends after `heldMs`; resolves once it has it. */
async function lockFromOutside(dataDir: string, locking: string): Promise<void> {
  const program = `
    const database = new (require("libsql"))(process.argv[1]);
    database.exec("${locking}");
    process.send("locked");
    setTimeout(() => process.exit(), ${heldMs});
  `;
  const file = join(dataDir, "event-info-sync.sqlite");
  const child = spawn(process.execPath, ["-e", program, file], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(() => {
    throw new Error("It ended without the lock");
  });
  await Promise.race([once(child, "message"), ended]);
}

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "event-info-sync-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = () => openDatabase({ kind: "sqlite", dataDir });

test("a start waits until the other one lets go", async () => {
  const exclusively = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
  await lockFromOutside(dataDir, `PRAGMA journal_mode = WAL; ${exclusively}`);
  const store = await open();
  expect(await store.query.selectFrom("links").selectAll().execute()).toEqual([]);
  await store.close();
});

test("a write waits as well", async () => {
  const store = await open();
  await lockFromOutside(dataDir, "BEGIN IMMEDIATE");
  const row = { tenant: "default", name: "sweep", value: "1", at: 0 };
  await store.write((trx) => trx.insertInto("checkpoints").values(row).execute());
  expect(await store.query.selectFrom("checkpoints").selectAll().execute()).toEqual([row]);
  await store.close();
});
